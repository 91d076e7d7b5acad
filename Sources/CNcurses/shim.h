// Wide characters are declared only where this comes before every system header.
#define _XOPEN_SOURCE_EXTENDED 1
#include <ncurses.h>
#include <term.h>
#include <langinfo.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <wchar.h>

// What Swift does not import: macros with casts, and variables that are not constant.
static const attr_t screen_bold = A_BOLD;
static const attr_t screen_dim = A_DIM;
static const attr_t screen_reverse = A_REVERSE;
static const attr_t screen_underline = A_UNDERLINE;

static inline attr_t screen_pair(int pair) { return (attr_t)COLOR_PAIR(pair); }
static inline int screen_colors(void) { return COLORS; }
static inline WINDOW *screen_window(void) { return stdscr; }
static inline void screen_repaint(void) { clearok(curscr, TRUE); }

static inline int screen_tty_size(int terminal, int *height, int *width) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return -1;
  *height = size.ws_row;
  *width = size.ws_col;
  return 0;
}

static inline int screen_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

/// Has a function called for a signal; keeps what was there before in `old`, which may be NULL.
static inline int screen_catch(int number, void (*body)(int), int flags, struct sigaction *old) {
  struct sigaction action;
  sigemptyset(&action.sa_mask);
  action.sa_flags = flags;
  action.sa_handler = body;
  return sigaction(number, &action, old);
}

static inline bool screen_is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static inline int screen_default(int number) { return screen_catch(number, SIG_DFL, 0, NULL); }

/// A cell as the Screen module lays it out.
struct screen_cell {
  uint32_t glyph;
  uint32_t style;
};

/// A character of several scalars: its base and what combines with it, ended by 0.
struct screen_cluster {
  wchar_t scalars[CCHARW_MAX];
};

/// What cells are drawn with: the attributes of each style, and the clusters of this frame.
struct screen_look {
  const attr_t *attributes;
  uint32_t styles;
  bool ascii;
  const struct screen_cluster *clusters;
  uint32_t cluster_count;
};

static inline wchar_t screen_ascii(uint32_t glyph) {
  if (glyph == 0x2500) return L'-';
  if (glyph == 0x2502) return L'|';
  if (glyph >= 0x2500 && glyph < 0x2580) return L'+';
  return L'?';
}

/// Sets some cells of a row of the window; nothing is written to the terminal yet.
static inline void screen_put(WINDOW *window, int row, int column, const struct screen_cell *cells,
                              int count, const struct screen_look *look) {
  enum { most = 256 };
  cchar_t line[most];
  int i = 0;
  while (i < count) {
    int start = i, n = 0;
    for (; i < count && n < most - 1; n++) {
      uint32_t glyph = cells[i].glyph;
      uint32_t style = cells[i].style < look->styles ? cells[i].style : 0;
      int width = i + 1 < count && cells[i + 1].glyph == 0 ? 2 : 1;
      cchar_t *to = &line[n];
      to->attr = look->attributes[style];
      to->ext_color = PAIR_NUMBER(to->attr);
      to->chars[0] = (wchar_t)glyph;
      to->chars[1] = to->chars[2] = to->chars[3] = to->chars[4] = 0;
      i++;
      if (glyph >= 0x20 && glyph < 0x7f) continue;
      if (glyph >= 0x80000000u) {
        uint32_t place = glyph - 0x80000000u;
        if (place < look->cluster_count) {
          for (int k = 0; k < CCHARW_MAX; k++) to->chars[k] = look->clusters[place].scalars[k];
        } else {
          to->chars[0] = L'?';
        }
      }
      // A width that the C library sees differently would shift the rest of the row.
      if (look->ascii || to->chars[0] < 0x20 || wcwidth(to->chars[0]) != width) {
        to->chars[0] = glyph == 0 ? L' ' : screen_ascii(glyph);
        to->chars[1] = 0;
      } else if (width == 2) {
        i++;
      }
    }
    mvwadd_wchnstr(window, row, column + start, line, n);
  }
}
