import type { EChartsCoreOption, EChartsType } from 'echarts/core';

/** The colours of the page, light or dark; one thing has one colour in all charts. */
export interface Look {
  text: string;
  font: string;
  quiet: string;
  line: string;
  hover: string;
  surface: string;
  first: string;
  second: string;
  third: string;
  bound: string;
}

/** A chart that follows the size of its place and the colours of the page; for readers it is one picture. */
export abstract class Chart extends HTMLElement {
  declare private chart: EChartsType | undefined;
  declare private size: ResizeObserver | undefined;
  declare private scheme: MutationObserver | undefined;

  private readonly redraw = () => this.draw();

  /** What this chart shows; nothing as long as it has nothing to show. */
  protected abstract option(look: Look): EChartsCoreOption | undefined;

  connectedCallback() {
    const canvas = document.createElement('div');
    canvas.setAttribute('aria-hidden', 'true');
    this.replaceChildren(canvas);
    void this.begin(canvas);
    this.size = new ResizeObserver(() => {
      this.chart?.resize();
      this.draw();
    });
    this.size.observe(this);
    this.scheme = new MutationObserver(this.redraw);
    this.scheme.observe(document.documentElement, { attributes: true });
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.redraw);
  }

  /** What draws is large, and figures are worth seeing before it is there. */
  private async begin(canvas: HTMLElement) {
    await painted();
    const { init } = await import('./drawing');
    if (this.isConnected && canvas.parentElement === this) {
      this.chart = init(canvas, undefined, { renderer: 'svg' });
      this.draw();
    }
  }

  disconnectedCallback() {
    this.size?.disconnect();
    this.scheme?.disconnect();
    window.matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
  }

  protected draw() {
    const look = this.look();
    const option = this.chart && this.option(look);
    if (!option) {
      return;
    }
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.chart!.setOption({
      animation: !calm,
      animationDuration: 250,
      animationDurationUpdate: 250,
      textStyle: { fontFamily: look.font },
      grid: { left: 4, right: 4, top: 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      ...option,
    });
  }

  /** A tooltip of whatever stands at one step. */
  protected tooltip(look: Look, words: (step: number) => string): EChartsCoreOption {
    return {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: 'shadow', shadowStyle: { color: look.hover } },
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.text, fontFamily: look.font, fontSize: 13 },
      formatter: (hovered: { dataIndex: number }[]) => words(hovered[0].dataIndex),
    };
  }

  protected steps(look: Look, labels: string[]): EChartsCoreOption {
    return {
      type: 'category',
      data: labels,
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      axisLabel: { ...words(look), hideOverlap: true, interval: this.clientWidth < 560 ? this.fewer(labels) : 'auto' },
    };
  }

  protected amounts(look: Look, formatter: (amount: number) => string): EChartsCoreOption {
    return {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...words(look), formatter },
      splitLine: { lineStyle: { color: look.line, type: 'dashed' } },
    };
  }

  /** On a phone there is room for about five. */
  private fewer(labels: string[]): number {
    return Math.max(1, Math.ceil(labels.length / 5)) - 1;
  }

  private look(): Look {
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
      first: dark ? '#4fc3b4' : '#16807d',
      second: dark ? '#f0b34a' : '#a35f00',
      third: dark ? '#c7adff' : '#6a3fb5',
      bound: dark ? '#ff9d94' : '#a32020',
    };
  }
}

/** When the browser has shown what there is; a hidden tab shows nothing. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function words(look: Look) {
  return { color: look.quiet, fontFamily: look.font, fontSize: 12 };
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
export function dollars(usd: number): string {
  if (usd === 0) {
    return '$0';
  }
  return '$' + (usd >= 1 ? usd.toLocaleString('en-US') : Number(usd.toPrecision(2)).toFixed(12).replace(/0+$/, ''));
}
