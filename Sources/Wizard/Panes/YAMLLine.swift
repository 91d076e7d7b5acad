import Schemas
import YAML
import Screen

/// A line of YAML as it is drawn, with its number and mark; one that is not there yet has no mark
/// and is dim.
struct YAMLLine: Equatable, Sendable {
  let number: Int
  let bytes: ArraySlice<UInt8>
  var mark: ChangeMarks.Mark?
  /// Whether it is of what has the focus.
  let isLinked: Bool
  /// Whether the focus is on a line of the YAML.
  let isChosen: Bool
  var isKept = false
  /// Whether its value is not what stands in the field, because that is no value.
  var isStale = false

  func draw(_ frame: inout Frame, _ region: Region, _ row: Int) {
    let bytes = Credential.masked(bytes)
    if isLinked { frame.put(">", row: row, column: 0, Style(.key, bold: true), in: region) }
    let digits = String(number)
    frame.put(digits, row: row, column: 5 - digits.utf8.count, Style(.hint), in: region)
    switch mark {
    case .some(.none) where isKept:
      frame.put("#", row: row, column: 6, Style(.kept), in: region)
    case nil, .some(.none): break
    case .added: frame.put("+", row: row, column: 6, Style(.added), in: region)
    case .changed: frame.put("~", row: row, column: 6, Style(.changed), in: region)
    }
    let isReversed = isChosen && isLinked
    let isDim = mark == nil || isKept
    var key = Style(.label, reversed: isReversed, dim: isDim)
    var value = Style(isDim ? .hint : .value, reversed: isReversed, dim: isDim)
    key.isBold = isLinked && !isDim
    value.isBold = isLinked && !isDim
    if let colon = keyEnd(bytes) {
      let end = frame.put(bytes[..<colon], row: row, column: 8, key, in: region)
      frame.put(bytes[colon...], row: row, column: end, value, in: region)
    } else {
      frame.put(bytes, row: row, column: 8, value, in: region)
    }
    let room = region.columns - 8
    if bytes.count > room,
      Width.columns(of: String(decoding: bytes, as: UTF8.self)[...]) > room
    {
      frame.put("~", row: row, column: region.columns - 1, Style(.hint), in: region)
    }
    if isStale {
      let note = " <- last valid value"
      frame.put(
        note, row: row, column: region.columns - note.utf8.count, Style(.warning), in: region)
    }
  }

  /// Where the key of a line ends, so that it can be distinguished from its value.
  private func keyEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let next = colon + 1
    return next == bytes.endIndex || bytes[next] == UInt8(ascii: " ") ? next : nil
  }
}
