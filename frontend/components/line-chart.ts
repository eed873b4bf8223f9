import type { EChartsCoreOption } from 'echarts/core';
import { Chart, dollars, type Look } from './chart';

interface Line {
  name: string;
  style: 'first' | 'second' | 'third' | 'even' | 'forecast' | 'bound';
  values: (number | null)[];
  texts: (string | null)[];
}

interface Shown {
  unit: 'dollars' | 'millis';
  labels: string[];
  titles: string[];
  lines: Line[];
  marks: { label: string; at: number }[];
}

/** Lines over time, told apart by their strokes as well as by their colours, and shares that are marked across them. */
class LineChart extends Chart {
  declare private shown: Shown | undefined;

  get data() {
    return this.shown;
  }

  set data(data: Shown | undefined) {
    this.shown = data;
    this.draw();
  }

  protected option(look: Look): EChartsCoreOption | undefined {
    const shown = this.shown;
    if (!shown) {
      return undefined;
    }
    const most = Math.max(0, ...shown.lines.flatMap((line) => line.values.map((value) => value ?? 0)));
    const marks = shown.marks.filter((mark) => mark.at <= most);
    return {
      tooltip: {
        ...this.tooltip(look, (step) => tip(shown, step, look)),
        axisPointer: { type: 'line', lineStyle: { color: look.quiet } },
      },
      xAxis: { ...this.steps(look, shown.labels), boundaryGap: false },
      yAxis: this.amounts(look, shown.unit === 'dollars' ? dollars : millis),
      series: shown.lines.map((line, index) => ({
        type: 'line',
        name: line.name,
        data: line.values,
        connectNulls: line.style === 'even',
        showSymbol: line.values.filter((value) => value !== null).length === 1,
        symbolSize: 6,
        ...stroke(line.style, look),
        emphasis: { disabled: true },
        markLine:
          index === 0 && marks.length > 0
            ? {
                silent: true,
                symbol: 'none',
                lineStyle: { color: look.quiet, type: [2, 4], width: 1 },
                label: { position: 'insideStartTop', color: look.quiet, fontSize: 11, formatter: '{b}' },
                data: marks.map((mark) => ({ name: mark.label, yAxis: mark.at })),
              }
            : undefined,
      })),
    };
  }
}

function stroke(style: Line['style'], look: Look) {
  const [color, type, width] = {
    first: [look.first, 'solid', 2.5],
    second: [look.second, [8, 4], 2],
    third: [look.third, [2, 3], 2],
    even: [look.quiet, [6, 5], 1.5],
    forecast: [look.first, [2, 4], 2.5],
    bound: [look.bound, 'solid', 1.5],
  }[style] as [string, string | number[], number];
  return { color, itemStyle: { color }, lineStyle: { color, type, width } };
}

function tip(shown: Shown, step: number, look: Look): string {
  const lines = shown.lines
    .filter((line) => line.texts[step] !== null)
    .map((line) => {
      const { color } = stroke(line.style, look);
      return `<span style="color:${color}">▬</span> ${line.name}: <b>${line.texts[step]}</b>`;
    });
  return [shown.titles[step], ...lines].join('<br>');
}

/** Spans at the axis. */
function millis(span: number): string {
  if (span === 0) {
    return '0';
  }
  return span >= 1000 ? `${(span / 1000).toLocaleString('en-US')} s` : `${span.toLocaleString('en-US')} ms`;
}

if (!customElements.get('line-chart')) {
  customElements.define('line-chart', LineChart);
}
