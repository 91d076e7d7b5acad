import Screen

extension Wizard {
  /// The command strip: every letter with its command, in groups, over the lowest rows.
  mutating func drawStrip(_ frame: inout Frame) {
    let lines = stripLines(frame.size.columns)
    let rows = min(lines.count + 1, frame.size.rows)
    let region = Region(
      row: frame.size.rows - rows, column: 0, rows: rows, columns: frame.size.columns)
    frame.clear(region)
    frame.horizontalLine(row: 0, Style(.border), in: region)
    frame.put(
      " One command: press its letter. Any other key goes back ", row: 0, column: 1,
      Style(.heading, bold: true), in: region)
    for (index, line) in lines.enumerated() where index + 1 < rows {
      frame.put(line.title, row: index + 1, column: 1, Style(.label), in: region)
      var column = StripLine.indent
      for entry in line.entries {
        let end = frame.put(
          entry.letter, row: index + 1, column: column, Style(.key, reversed: true), in: region)
        frame.put(entry.command.short, row: index + 1, column: end + 1, in: region)
        viewport.note(
          region.row + index + 1, column..<column + entry.width, .command(entry.command))
        column += entry.width + 2
      }
    }
    frame.cursor = Frame.CellPosition(row: region.row, column: 1)
  }

  /// A row of the strip.
  private struct StripLine {
    static let indent = 6

    let title: String
    var entries: [StripEntry] = []
    var columns = StripLine.indent
  }

  private struct StripEntry {
    let letter: String
    let command: Command

    var width: Int { letter.utf8.count + 1 + command.short.utf8.count }
  }

  /// Rows of the strip, as many entries in each as fit.
  private func stripLines(_ columns: Int) -> [StripLine] {
    var lines: [StripLine] = []
    for group in Command.Group.allCases {
      var isFirst = true
      for entry in stripEntries(group) {
        if isFirst || (lines.last?.columns ?? 0) + entry.width > columns {
          lines.append(StripLine(title: isFirst ? group.rawValue : ""))
          isFirst = false
        }
        lines[lines.count - 1].entries.append(entry)
        lines[lines.count - 1].columns += entry.width + 2
      }
    }
    return lines
  }

  /// The letters of a group; the steps, where they have their numbers, in one.
  private func stripEntries(_ group: Command.Group) -> [StripEntry] {
    group.commands.compactMap { command in
      if panels.hasStart, !command.worksAtStart { return nil }
      guard let letter = keymap.letter(of: command) else { return nil }
      guard keymap.hasStepNumbers, let number = command.stepNumber else {
        return StripEntry(letter: String(letter), command: command)
      }
      return number == 1 ? StripEntry(letter: "1-8", command: command) : nil
    }
  }
}
