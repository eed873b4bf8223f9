import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, TooltipComponent, SVGRenderer]);

interface Bar {
  label: string;
  title: string;
  usd: number;
  spent: string;
  requests: string;
}

/** Bars of spend over time, in the colours of the page, light or dark. */
class SpendChart extends HTMLElement {
  declare private chart: EChartsType | undefined;
  declare private shown: Bar[] | undefined;
  declare private size: ResizeObserver | undefined;
  declare private scheme: MutationObserver | undefined;

  private readonly redraw = () => this.draw();

  connectedCallback() {
    const canvas = document.createElement('div');
    canvas.setAttribute('aria-hidden', 'true');
    this.replaceChildren(canvas);
    this.chart = init(canvas, undefined, { renderer: 'svg' });
    this.size = new ResizeObserver(() => {
      this.chart?.resize();
      this.draw();
    });
    this.size.observe(this);
    this.scheme = new MutationObserver(this.redraw);
    this.scheme.observe(document.documentElement, { attributes: true });
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.redraw);
    this.draw();
  }

  disconnectedCallback() {
    this.size?.disconnect();
    this.scheme?.disconnect();
    window.matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
  }

  get bars() {
    return this.shown ?? [];
  }

  set bars(bars: Bar[]) {
    this.shown = bars;
    this.draw();
  }

  private draw() {
    if (!this.chart || !this.shown) {
      return;
    }
    const bars = this.shown;
    const colours = this.colours();
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const text = { color: colours.quiet, fontFamily: colours.font, fontSize: 12 };
    this.chart.setOption({
      animation: !calm,
      animationDuration: 250,
      animationDurationUpdate: 250,
      textStyle: { fontFamily: colours.font },
      grid: { left: 4, right: 4, top: 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis',
        confine: true,
        axisPointer: { type: 'shadow', shadowStyle: { color: colours.hover } },
        backgroundColor: colours.surface,
        borderColor: colours.line,
        textStyle: { color: colours.text, fontFamily: colours.font, fontSize: 13 },
        formatter: (hovered: { dataIndex: number }[]) => {
          const bar = bars[hovered[0].dataIndex];
          return `${bar.title}<br><b>${bar.spent}</b> · ${bar.requests}`;
        },
      },
      xAxis: {
        type: 'category',
        data: bars.map((bar) => bar.label),
        axisLine: { lineStyle: { color: colours.line } },
        axisTick: { show: false },
        axisLabel: { ...text, hideOverlap: true, interval: this.clientWidth < 560 ? 5 : 'auto' },
      },
      yAxis: {
        type: 'value',
        splitNumber: 4,
        axisLabel: { ...text, formatter: dollars },
        splitLine: { lineStyle: { color: colours.line, type: 'dashed' } },
      },
      series: [
        {
          type: 'bar',
          data: bars.map((bar) => bar.usd),
          barMaxWidth: 28,
          barCategoryGap: '30%',
          itemStyle: { color: colours.bar, borderRadius: [4, 4, 0, 0] },
          emphasis: { itemStyle: { color: colours.bar } },
        },
      ],
    });
  }

  private colours() {
    const style = getComputedStyle(this);
    const [red, green, blue] = rgb(style.color);
    const dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 128;
    return {
      text: style.color,
      font: style.fontFamily,
      quiet: dark ? '#a9b8ba' : '#52666a',
      line: dark ? '#2c3a3d' : '#dbe4e5',
      hover: dark ? 'rgba(255,255,255,0.05)' : 'rgba(15,60,60,0.05)',
      surface: dark ? '#1b2628' : '#ffffff',
      bar: dark ? '#4fc3b4' : '#16807d',
    };
  }
}

/** The numbers of any colour the browser computes, whatever its notation. */
function rgb(colour: string): [number, number, number] {
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** Amounts at the axis: as many digits as tell its steps apart. */
function dollars(usd: number): string {
  if (usd === 0) {
    return '$0';
  }
  return '$' + (usd >= 1 ? usd.toLocaleString('en-US') : Number(usd.toPrecision(2)).toFixed(12).replace(/0+$/, ''));
}

if (!customElements.get('spend-chart')) {
  customElements.define('spend-chart', SpendChart);
}
