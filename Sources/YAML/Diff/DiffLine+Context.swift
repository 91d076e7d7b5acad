extension [DiffLine] {
  /// The same changes without some of the unchanged lines around them; what these stand between becomes
  /// hunks of their own, and hunks without a change go.
  package func withoutContext(where isLeftOut: (DiffLine) -> Bool) -> [DiffLine] {
    var result: [DiffLine] = []
    var part = HunkPart()
    for line in self {
      if line.kind == .hunk || line.kind == .context && isLeftOut(line) {
        result += part.hunk
        part = HunkPart(after: part, line)
      } else {
        part.lines.append(line)
      }
    }
    return result + part.hunk
  }
}

extension [DiffLine] {
  /// The same without the hunks that have some line.
  package func withoutHunks(with isMeant: (DiffLine) -> Bool) -> [DiffLine] {
    var result: [DiffLine] = []
    var hunk: [DiffLine] = []
    for line in self {
      if line.kind == .hunk {
        if !hunk.contains(where: isMeant) { result += hunk }
        hunk = []
      }
      hunk.append(line)
    }
    return hunk.contains(where: isMeant) ? result : result + hunk
  }
}

/// Lines that follow each other in both texts.
private struct HunkPart {
  var lines: [DiffLine] = []
  /// The numbers of the lines before them, from 1; 0 at the start of a text.
  private var old = 0
  private var new = 0

  init() {}

  /// A part behind another one and a line.
  init(after other: HunkPart, _ line: DiffLine) {
    old = line.oldLine ?? other.lines.last(where: { $0.oldLine != nil })?.oldLine ?? other.old
    new = line.newLine ?? other.lines.last(where: { $0.newLine != nil })?.newLine ?? other.new
  }

  /// It with its head; nothing where it has no change.
  var hunk: [DiffLine] {
    guard lines.contains(where: { $0.kind != .context }) else { return [] }
    let olds = lines.compactMap(\.oldLine)
    let news = lines.compactMap(\.newLine)
    let head = DiffLine(
      hunkAfter: (olds.first.map { $0 - 1 } ?? old, news.first.map { $0 - 1 } ?? new),
      counts: (olds.count, news.count))
    return [head] + lines
  }
}
