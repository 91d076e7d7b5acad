import Schemas
package import YAML

/// A part of a file and the lines that a fix puts in its place.
package struct TextReplacement: Hashable, Sendable {
  package let file: String
  package let range: Range<Position>
  package let text: String

  /// The smallest run of whole lines in which two texts differ; nil where they are the same.
  init?(in file: String, from old: [UInt8], to new: [UInt8]) {
    guard old != new else { return nil }
    let newline = UInt8(ascii: "\n")
    var start = zip(old, new).prefix { $0 == $1 }.count
    start = old[..<start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let most = min(old.count, new.count) - start
    let same = zip(old.reversed(), new.reversed()).prefix(most).prefix { $0 == $1 }.count
    let tail = old[(old.count - same)...]
    // What is left alone begins with a whole line.
    let isWhole = old.beginsLine(at: old.count - same) && new.beginsLine(at: new.count - same)
    let kept = isWhole ? same : tail.firstIndex(of: newline).map { old.count - $0 - 1 } ?? 0
    self.file = file
    range = Position(ofByte: start, in: old)..<Position(ofByte: old.count - kept, in: old)
    text = String(decoding: new[start..<(new.count - kept)], as: UTF8.self)
  }
}

extension Position {
  /// The place before a byte of a text.
  fileprivate init(ofByte end: Int, in text: [UInt8]) {
    let before = text[..<end]
    let newline = UInt8(ascii: "\n")
    let start = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    self.init(
      line: 1 + before.count { $0 == newline },
      column: 1 + before[start...].count { $0 & 0xC0 != 0x80 })
  }
}

extension [UInt8] {
  fileprivate func beginsLine(at place: Int) -> Bool {
    place == 0 || self[place - 1] == UInt8(ascii: "\n")
  }
}

extension FixableFiles {
  /// What the fix of a finding changes, a part of each file; nothing where a file may not be
  /// changed, or where a credential would be shown.
  package func replacements(making finding: FileFinding) -> [TextReplacement] {
    guard let fix = finding.finding.fix,
      let file = files.firstIndex(where: { $0.name == finding.file })
    else { return [] }
    let texts = edited(making: [(fix, file)]).mapValues(\.bytes)
    guard texts.keys.allSatisfy(isOpen) else { return [] }
    let parts = texts.sorted { $0.key < $1.key }.compactMap { place, text in
      TextReplacement(in: files[place].name, from: self.texts[place], to: text)
    }
    return parts.contains { Credential.isLikely($0.text) } ? [] : parts
  }
}
