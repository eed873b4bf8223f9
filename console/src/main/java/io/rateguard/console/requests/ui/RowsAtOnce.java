package io.rateguard.console.requests.ui;

import com.vaadin.flow.component.grid.Grid;

/**
 * Lets a grid that was empty draw its rows once, with what is in them. Vaadin tells the browser how many rows there are before it
 * gives it the rows: it draws them empty, then filled, then once more. Told that it has no data yet, the grid waits for the rows
 * that come right behind their number.
 */
final class RowsAtOnce {

    private RowsAtOnce() {}

    static void in(Grid<?> grid) {
        // Should the rows not come in the same message after all, or Vaadin rename what it keeps for itself, they are
        // drawn as ever.
        grid.addAttachListener(attached -> grid.getElement().executeJs("""
                let holder = Object.getPrototypeOf(this);
                while (holder && !Object.hasOwn(holder, 'size')) {
                  holder = Object.getPrototypeOf(holder);
                }
                const { get, set } = (holder && Object.getOwnPropertyDescriptor(holder, 'size')) ?? {};
                if (get && set && !Object.hasOwn(this, 'size')) {
                  Object.defineProperty(this, 'size', {
                    get,
                    set(count) {
                      if (count && !get.call(this)) {
                        this._hasData = false;
                        queueMicrotask(() => (this._hasData = true));
                      }
                      set.call(this, count);
                    },
                  });
                }"""));
    }
}
