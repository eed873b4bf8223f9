package io.rateguard.console.common.ui;

import com.vaadin.flow.component.grid.Grid;

/**
 * Lets a grid that was empty draw its rows once, with what is in them. Vaadin tells the browser how many rows there are before it
 * gives it the rows, and the browser draws them empty meanwhile, fills them and goes over them once more: three times of what a
 * list costs. Told that it has no data yet, the grid waits for the rows that come right behind their number.
 */
public final class RowsAtOnce {

    private RowsAtOnce() {}

    public static void in(Grid<?> grid) {
        // Where Vaadin renames what it keeps for itself, rows are drawn three times again: slower, and nothing else.
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
                      }
                      set.call(this, count);
                    },
                  });
                }"""));
    }
}
