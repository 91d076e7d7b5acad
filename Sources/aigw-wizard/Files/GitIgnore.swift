/// The patterns of a `.gitignore`, which hold for its folder and all below it (gitignore(5)).
struct GitIgnore {
  private struct Pattern {
    /// The parts between slashes.
    let parts: [[UInt8]]
    /// Whether it takes back what patterns above it ignore.
    let isNegative: Bool
    let isForFolders: Bool

    /// Reads a line; nil for one that is no pattern.
    init?(_ line: ArraySlice<UInt8>) {
      var rest = GitIgnore.trimmed(line)
      guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
      isNegative = first == UInt8(ascii: "!")
      if isNegative { rest = rest.dropFirst() }
      isForFolders = rest.last == UInt8(ascii: "/")
      if isForFolders { rest = rest.dropLast() }
      let isFromHere = rest.contains(UInt8(ascii: "/"))
      if rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
      guard !rest.isEmpty else { return nil }
      let parts = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .map(Array.init)
      self.parts = isFromHere ? parts : [GitIgnore.anyParts] + parts
    }
  }

  private let patterns: [Pattern]

  init(_ bytes: [UInt8]) {
    patterns = bytes.split(separator: UInt8(ascii: "\n")).compactMap(Pattern.init)
  }

  /// Whether a path from the folder of the patterns is ignored; nil where they say nothing of it.
  func ignores(_ path: ArraySlice<[UInt8]>, isFolder: Bool) -> Bool? {
    let last = patterns.last { pattern in
      (isFolder || !pattern.isForFolders) && Self.fits(path, pattern.parts[...])
    }
    return last.map { !$0.isNegative }
  }

  private static let anyParts = [UInt8(ascii: "*"), UInt8(ascii: "*")]

  /// A line without the blanks at its end, unless a backslash keeps them.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    while line.last == UInt8(ascii: " "), line.dropLast().last != UInt8(ascii: "\\") {
      line = line.dropLast()
    }
    return line
  }

  // MARK: Fitting

  /// Whether a path fits a pattern, part by part; `**` is any number of parts, at the end one or
  /// more. On a misfit only the last `**` takes one part more, so the time is bounded.
  private static func fits(_ path: ArraySlice<[UInt8]>, _ pattern: ArraySlice<[UInt8]>) -> Bool {
    var (path, pattern) = (path, pattern)
    var retry: (path: ArraySlice<[UInt8]>, pattern: ArraySlice<[UInt8]>)?
    while true {
      if let first = pattern.first, first == anyParts {
        pattern = pattern.dropFirst()
        if pattern.isEmpty { return !path.isEmpty }
        retry = (path, pattern)
      } else if let part = path.first, let first = pattern.first, fits(part[...], first[...]) {
        path = path.dropFirst()
        pattern = pattern.dropFirst()
      } else if path.isEmpty, pattern.isEmpty {
        return true
      } else {
        guard let last = retry, !last.path.isEmpty else { return false }
        path = last.path.dropFirst()
        pattern = last.pattern
        retry = (path, pattern)
      }
    }
  }

  /// Whether a name fits one part of a pattern.
  private static func fits(_ name: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
    var (name, part) = (name, part)
    var retry: (name: ArraySlice<UInt8>, part: ArraySlice<UInt8>)?
    while true {
      if part.first == UInt8(ascii: "*") {
        part = part.dropFirst()
        retry = (name, part)
      } else if let byte = name.first, let rest = rest(of: part, after: byte) {
        name = name.dropFirst()
        part = rest
      } else if name.isEmpty, part.isEmpty {
        return true
      } else {
        guard let last = retry, !last.name.isEmpty else { return false }
        name = last.name.dropFirst()
        part = last.part
        retry = (name, part)
      }
    }
  }

  /// The pattern behind the piece that one byte fits, nil where it does not.
  private static func rest(of part: ArraySlice<UInt8>, after byte: UInt8) -> ArraySlice<UInt8>? {
    guard let first = part.first else { return nil }
    let rest = part.dropFirst()
    switch first {
    case UInt8(ascii: "?"): return rest
    case UInt8(ascii: "\\"):
      return rest.first == byte ? rest.dropFirst() : nil
    case UInt8(ascii: "["):
      if let set = ByteSet(rest) { return set.contains(byte) ? set.rest : nil }
    case _: break
    }
    return first == byte ? rest : nil
  }

  /// `[a-z]` and the like.
  private struct ByteSet {
    private var ranges: [ClosedRange<UInt8>] = []
    private var isNegative = false
    /// What stands behind it.
    private(set) var rest: ArraySlice<UInt8>

    /// Reads what follows `[`; nil without an end.
    init?(_ text: ArraySlice<UInt8>) {
      rest = text
      if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^") {
        isNegative = true
        rest = rest.dropFirst()
      }
      repeat {
        guard let low = next() else { return nil }
        var high = low
        if rest.first == UInt8(ascii: "-"), rest.dropFirst().first != UInt8(ascii: "]") {
          rest = rest.dropFirst()
          guard let end = next() else { return nil }
          high = end
        }
        if low <= high { ranges.append(low...high) }
      } while rest.first != UInt8(ascii: "]")
      rest = rest.dropFirst()
    }

    func contains(_ byte: UInt8) -> Bool {
      ranges.contains { $0.contains(byte) } != isNegative
    }

    private mutating func next() -> UInt8? {
      if rest.first == UInt8(ascii: "\\") { rest = rest.dropFirst() }
      return rest.popFirst()
    }
  }
}
