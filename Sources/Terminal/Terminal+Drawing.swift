internal import CNcurses
package import Screen
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Terminal {
  /// Shows a frame, writing only what differs from the last one; cuts it to the terminal's size.
  package func draw(_ frame: Frame) {
    guard isIn else {
      shown = frame
      return
    }
    if shown?.size != frame.size, frame.size != size { werase(screen_window()) }
    set(frame)
    showCursor(frame.cursor)
    wnoutrefresh(screen_window())
    doupdate()
  }

  /// Writes the last frame again, all of it.
  package func redraw() {
    guard isIn else { return }
    // Where the screen was cleared for a while, ncurses has forgotten the cells as well.
    if let frame = shown {
      shown = nil
      set(frame)
    }
    screen_repaint()
    wnoutrefresh(screen_window())
    doupdate()
  }

  private func showCursor(_ place: Frame.CellPosition?) {
    if let place { wmove(screen_window(), Int32(place.row), Int32(place.column)) }
    let isVisible = place != nil
    guard isVisible != isCursorVisible else { return }
    isCursorVisible = isVisible
    curs_set(isVisible ? 1 : 0)
  }

  /// Hands the cells that differ to ncurses.
  private func set(_ frame: Frame) {
    let graphemes = frame.graphemes.map(Terminal.cluster)
    palette.attributes.withUnsafeBufferPointer { attributes in
      graphemes.withUnsafeBufferPointer { graphemes in
        var look = screen_look(
          attributes: attributes.baseAddress, styles: UInt32(attributes.count), ascii: isASCII,
          clusters: graphemes.baseAddress, cluster_count: UInt32(graphemes.count))
        if shown?.size == frame.size {
          shown?.become(frame) { put(frame, $0, $1, isWide: $2, &look) }
        } else {
          for row in 0..<frame.size.rows {
            put(frame, row, 0..<frame.size.columns, isWide: frame.hasWide(row), &look)
          }
          shown = frame
        }
      }
    }
  }

  /// Hands some cells of a row to ncurses, as far as the terminal has room for them.
  private func put(
    _ frame: Frame, _ row: Int, _ columns: Range<Int>, isWide: Bool, _ look: inout screen_look
  ) {
    let columns = columns.clamped(to: 0..<size.columns)
    guard row < size.rows, !columns.isEmpty else { return }
    frame.withCells(row: row) { cells in
      guard let start = cells.baseAddress else { return }
      let part = UnsafeRawPointer(start + columns.lowerBound)
        .assumingMemoryBound(to: screen_cell.self)
      screen_put(
        screen_window(), Int32(row), Int32(columns.lowerBound), part, Int32(columns.count), &look)
    }
    // Terminals disagree about such characters: the row is written whole, from its first column.
    if !isASCII, isWide { wredrawln(screen_window(), Int32(row), 1) }
  }

  /// A character's base and marks; what joins several pictures to one is left out, because only
  /// some terminals do it, and the rest of the row would be shifted.
  private static func cluster(_ text: String) -> screen_cluster {
    var cluster = screen_cluster()
    withUnsafeMutableBytes(of: &cluster.scalars) { bytes in
      let scalars = bytes.bindMemory(to: wchar_t.self)
      var place = 0
      for scalar in text.unicodeScalars where place < scalars.count {
        let isMark =
          switch scalar.value {
          case 0x200c, 0x200d, 0xfe00...0xfe0f, 0xe0000...0xe0fff: false
          default: screen_width(scalar.value) == 0
          }
        if place > 0, !isMark {
          if scalar.value == 0x200d { break }
          continue
        }
        scalars[place] = wchar_t(bitPattern: scalar.value)
        place += 1
      }
    }
    return cluster
  }
}
