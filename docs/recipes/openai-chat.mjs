import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: process.env.RATEGUARD_PROXY + '/proxy/demo/v1',
  apiKey: process.env.RATEGUARD_KEY,
});
const question = {
  model: 'gpt-4o-mini',
  max_tokens: 20,
  messages: [{ role: 'user', content: 'Say hello.' }],
};

try {
  const whole = await client.chat.completions.create(question).withResponse();
  console.log(whole.data.choices[0].message.content);
  console.log('request', whole.response.headers.get('X-RateGuard-Request-Id'));
  console.log('cost in cents', whole.response.headers.get('X-RateGuard-Cost-Cents'));

  const streamed = await client.chat.completions.create({ ...question, stream: true }).withResponse();
  for await (const chunk of streamed.data) {
    process.stdout.write(chunk.choices[0]?.delta.content ?? '');
  }
  console.log('\nrequest', streamed.response.headers.get('X-RateGuard-Request-Id'));
} catch (error) {
  if (error instanceof OpenAI.RateLimitError) { // 429
    console.log(error.code, '- try again in', error.headers.get('Retry-After'), 's');
  } else if (error instanceof OpenAI.APIError) { // 402 is a budget's
    console.log(error.status, error.code, '-', error.error.message);
  } else {
    throw error;
  }
}
