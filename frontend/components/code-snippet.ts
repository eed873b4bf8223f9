/** A command to copy: the text as it stands, and a button that puts it on the clipboard. */
class CodeSnippet extends HTMLElement {
  declare private copied: number | undefined;

  connectedCallback() {
    if (this.querySelector('button')) {
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'code-snippet-copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => this.copy(button));
    this.append(button);
  }

  private async copy(button: HTMLButtonElement) {
    const code = this.querySelector('code')?.textContent ?? '';
    try {
      await navigator.clipboard.writeText(code);
      button.textContent = 'Copied';
    } catch {
      // The clipboard needs a secure origin: select the text so that the keyboard can copy it.
      const range = document.createRange();
      range.selectNodeContents(this.querySelector('code')!);
      window.getSelection()?.removeAllRanges();
      window.getSelection()?.addRange(range);
      button.textContent = 'Selected';
    }
    window.clearTimeout(this.copied);
    this.copied = window.setTimeout(() => (button.textContent = 'Copy'), 2000);
  }
}

if (!customElements.get('code-snippet')) {
  customElements.define('code-snippet', CodeSnippet);
}
