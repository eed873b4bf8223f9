import type { EChartsCoreOption } from 'echarts/core';
import { Chart, dollars, type Look } from './chart';

interface Bar {
  label: string;
  title: string;
  usd: number;
  spent: string;
  requests: string;
}

/** Bars of spend over time. */
class SpendChart extends Chart {
  declare private shown: Bar[] | undefined;

  get bars() {
    return this.shown ?? [];
  }

  set bars(bars: Bar[]) {
    this.shown = bars;
    this.draw();
  }

  protected option(look: Look): EChartsCoreOption | undefined {
    const bars = this.shown;
    return (
      bars && {
        tooltip: this.tooltip(look, (step) => {
          const bar = bars[step];
          return `${bar.title}<br><b>${bar.spent}</b> · ${bar.requests}`;
        }),
        xAxis: this.steps(
          look,
          bars.map((bar) => bar.label)
        ),
        yAxis: this.amounts(look, dollars),
        series: [
          {
            type: 'bar',
            data: bars.map((bar) => bar.usd),
            barMaxWidth: 28,
            barCategoryGap: '30%',
            itemStyle: { color: look.first, borderRadius: [4, 4, 0, 0] },
            emphasis: { itemStyle: { color: look.first } },
          },
        ],
      }
    );
  }
}

if (!customElements.get('spend-chart')) {
  customElements.define('spend-chart', SpendChart);
}
