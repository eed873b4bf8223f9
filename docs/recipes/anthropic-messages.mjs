import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: process.env.RATEGUARD_PROXY + '/proxy/demo',
  apiKey: process.env.RATEGUARD_KEY,
});
const question = {
  model: 'claude-haiku-4-5',
  max_tokens: 20,
  messages: [{ role: 'user', content: 'Say hello.' }],
};

try {
  const whole = await client.messages.create(question).withResponse();
  console.log(whole.data.content[0].text);
  console.log('request', whole.response.headers.get('X-RateGuard-Request-Id'));
  console.log('cost in cents', whole.response.headers.get('X-RateGuard-Cost-Cents'));

  const streamed = await client.messages.create({ ...question, stream: true }).withResponse();
  for await (const event of streamed.data) {
    if (event.type === 'content_block_delta') {
      process.stdout.write(event.delta.text);
    }
  }
  console.log('\nrequest', streamed.response.headers.get('X-RateGuard-Request-Id'));
} catch (error) {
  if (error instanceof Anthropic.RateLimitError) { // 429
    const code = error.error.error.code;
    console.log(code, '- try again in', error.headers.get('Retry-After'), 's');
  } else if (error instanceof Anthropic.APIError) { // 402 is a budget's
    const { code, message } = error.error.error;
    console.log(error.status, code, '-', message);
  } else {
    throw error;
  }
}
