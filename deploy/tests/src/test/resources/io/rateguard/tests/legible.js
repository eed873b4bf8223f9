// Returns what is wrong with the page: text that is clipped, overlapping, or wider than the window, and icons without a picture.
() => {
  const wrong = [];
  const dialogs = [...document.querySelectorAll('vaadin-dialog, vaadin-confirm-dialog')].filter((it) => it.opened);
  const root = dialogs.length ? dialogs[dialogs.length - 1] : document.body;

  const parentOf = (node) => node.assignedSlot ?? node.parentNode ?? node.host ?? null;
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.for-readers, thead');

  const texts = [];
  const collect = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const element = node.parentElement ?? node.parentNode?.host;
      if (node.data.trim() && element && shown(element) && !['STYLE', 'SCRIPT', 'TITLE'].includes(element.tagName)) {
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          if (box.width > 1 && box.height > 1) {
            texts.push({ text: node.data.trim().slice(0, 60), element, box });
          }
        }
      }
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE && !['STYLE', 'SCRIPT', 'SVG', 'svg'].includes(node.tagName)) {
      if (node.shadowRoot) {
        node.shadowRoot.childNodes.forEach(collect);
      }
    }
    node.childNodes.forEach(collect);
  };
  collect(root);

  const seen = [];
  for (const { text, element, box } of texts) {
    let visible = true;
    for (let at = element; at && at !== document; at = parentOf(at)) {
      if (at.nodeType !== Node.ELEMENT_NODE) {
        continue;
      }
      const style = getComputedStyle(at);
      const frame = at.getBoundingClientRect();
      if (style.clipPath !== 'none' || (frame.width <= 1 && style.overflow !== 'visible')) {
        visible = false;
        break;
      }
      if (['hidden', 'clip'].includes(style.overflowX) && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5)) {
        if (box.left < frame.right && box.right > frame.left) {
          wrong.push(`clipped: "${text}" in ${at.localName}.${at.className}`);
        }
        visible = false;
        break;
      }
      if (['auto', 'scroll', 'hidden', 'clip'].includes(style.overflowY) && (box.bottom > frame.bottom + 1 || box.top < frame.top - 1)) {
        visible = false;
        break;
      }
      if (style.overflowX !== 'visible' && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5)) {
        visible = false;
        break;
      }
    }
    if (visible && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight) {
      seen.push({ text, element, box });
    }
  }
  for (let i = 0; i < seen.length; i++) {
    for (let j = i + 1; j < seen.length; j++) {
      const a = seen[i].box;
      const b = seen[j].box;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 3 && high > 6 && seen[i].element !== seen[j].element) {
        wrong.push(`overlapping: "${seen[i].text}" and "${seen[j].text}"`);
      }
    }
  }
  const field = (element) => element.scrollWidth > element.clientWidth + 1 && shown(element);
  const fields = [];
  const findFields = (node) => {
    node.querySelectorAll('*').forEach((it) => {
      if (it.localName === 'input') {
        fields.push(it);
      }
      if (it.shadowRoot) {
        findFields(it.shadowRoot);
      }
    });
  };
  findFields(root);
  fields.filter(field).forEach((it) => wrong.push(`clipped: field "${it.value || it.placeholder}"`));

  root.querySelectorAll('vaadin-icon').forEach((it) => {
    if (shown(it) && !it.shadowRoot?.querySelector('#svg-group > *')) {
      wrong.push(`no picture: icon ${it.getAttribute('icon')}`);
    }
  });

  if (document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth) {
    wrong.push(`wider than the window: ${document.documentElement.scrollWidth} of ${innerWidth} px`);
  }
  document.querySelectorAll('main').forEach((main) => {
    if (main.scrollWidth > main.clientWidth + 1) {
      wrong.push(`the page scrolls sideways: ${main.scrollWidth} of ${main.clientWidth} px`);
    }
  });
  return [...new Set(wrong)];
}
