import RouteForm
import Schemas

extension String {
  /// The text with words in the place of signs that are spoken as noise, or not at all.
  var spoken: String {
    [
      ("  -  ", "  "), (" -> ", " to "), (" & ", " and "), (" ~ ", " changed "),
      ("'-'", "hyphen"), ("'.'", "dot"), ("'_'", "underscore"), ("'/'", "slash"),
    ].reduce(self) { $0.replaced($1.0, by: $1.1) }.withoutColumns
  }

  /// The text with a comma in the place of blanks that set a column off.
  private var withoutColumns: String {
    var text = ""
    var blanks = 0
    for part in split(separator: " ", omittingEmptySubsequences: false) {
      guard !part.isEmpty else {
        blanks += 1
        continue
      }
      text += text.isEmpty ? "" : blanks > 0 ? ", " : " "
      text += part
      blanks = 0
    }
    return text + (hasSuffix(" ") ? " " : "")
  }

  /// The text with other words in the place of a sign.
  func replaced(_ sign: String, by word: String) -> String {
    let (text, sign) = (Array(utf8), Array(sign.utf8))
    var result: [UInt8] = []
    var place = 0
    while place < text.count {
      if text[place...].starts(with: sign) {
        result += word.utf8
        place += sign.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A placeholder as a part of a sentence: `(route's)` is `the route's`.
  var asPhrase: String {
    guard hasPrefix("("), hasSuffix(")") else { return self }
    let inner = String(dropFirst().dropLast())
    return inner == "route's" ? "the route's" : inner
  }

  /// A choice among texts by its number from 1, its name, or an unambiguous beginning of that.
  func choice(among choices: [String]) -> Int? {
    if let exact = choices.firstIndex(of: self) { return exact }
    if let number = Int(self), choices.indices.contains(number - 1) { return number - 1 }
    let word = lowercased()
    let near = choices.indices.filter { choices[$0].lowercased().hasPrefix(word) }
    return near.count == 1 && !isEmpty ? near[0] : nil
  }

  /// Yes or no, nil for any other word.
  var boolean: Bool? {
    switch lowercased() {
    case "yes", "y", "true", "1": true
    case "no", "n", "false", "2": false
    default: nil
    }
  }
}

extension Property {
  /// What may be answered, in words.
  var kindDescription: String {
    switch schema {
    case .integer(let integer):
      let most = integer.limit ?? integer.maximum
      let kind = integer.isWhole ? "whole number" : "number"
      // The ends of what 32 bits hold are long to listen to, and nobody comes near them.
      if integer.minimum <= Int(Int32.min) { return kind }
      return most >= Int(Int32.max)
        ? "\(kind) from \(integer.minimum)" : "\(kind) \(integer.minimum) to \(most)"
    case .string(let string) where string.pattern == .duration:
      return "a duration such as \(examples.first ?? "300s")"
    case .string: return examples.first.map { "text such as \($0)" } ?? "text"
    case .quantity(let pattern):
      return pattern.hint
    case .boolean: return "true or false"
    case .list, .object, .map, .any: return "more than a line"
    }
  }
}
