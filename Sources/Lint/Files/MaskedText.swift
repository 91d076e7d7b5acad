import Resources
import Schemas
import YAML

/// Manifest text with its credentials replaced by `***`, to be shown.
package enum MaskedText {
  /// A text with `***` in each line of a Secret's values and of an MCPRoute's keys, and for whatever else
  /// looks like a credential; the lines stay as many as they are.
  package static func of(_ text: [UInt8]) -> [UInt8] {
    var text = text
    // The kind of an object is written without escapes, but for who wants to hide it.
    guard text.has("Secret") || text.has("MCPRoute") || text.contains(UInt8(ascii: "\\")) else {
      return withoutKeys(text)
    }
    let parsed = Parser().parse(text)
    var ranges: [Range<Position>] = []
    for document in parsed.documents {
      let objects = document.root.listedObjects?.indices.map {
        Path.root.appending("items").appending($0)
      }
      for base in objects ?? [.root] {
        guard let object = document.root[base] else { continue }
        ranges += object.secretPlaces.compactMap {
          document.map.span(of: base.appending($0))?.value
        }
      }
    }
    if !ranges.isEmpty { text.mask(ranges) }
    return withoutKeys(text)
  }

  private static func withoutKeys(_ text: [UInt8]) -> [UInt8] {
    let masked = Credential.masked(text[...])
    return masked.count == text.count ? text : Array(masked)
  }
}

extension Node {
  /// Where the values of a Secret stand in it, or the keys of an MCPRoute; none for other kinds.
  fileprivate var secretPlaces: [Path] {
    if self["kind"]?.text == ResourceKind.mcpRoute.kind {
      return (self["spec"]?.list("backendRefs") ?? []).indices.map {
        Path.to("spec", "backendRefs", $0, "securityPolicy", "apiKey", "inline")
      }
    }
    guard self["kind"]?.text == "Secret" else { return [] }
    let applied = "kubectl.kubernetes.io/last-applied-configuration"
    let values = ["data", "stringData"].flatMap { block in
      (self[block]?.entries ?? []).map { Path.root.appending(block).appending($0.key) }
    }
    return values + [Path.root.appending("metadata").appending("annotations").appending(applied)]
  }
}

extension [UInt8] {
  fileprivate func has(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      indices.contains { self[$0] == word[0] && self[$0...].starts(with: word) }
    }
  }

  /// Writes `***` over each line of some ranges, behind its indentation.
  fileprivate mutating func mask(_ ranges: [Range<Position>]) {
    var lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // From the end, so that the columns of what stands before stay right.
    for range in ranges.sorted(by: { $0.lowerBound > $1.lowerBound }) {
      let (start, end) = (range.lowerBound, range.upperBound)
      for number in start.line...Swift.max(start.line, end.line) {
        guard lines.indices.contains(number - 1),
          number == start.line || end.line > number || end.column > 1
        else { continue }
        let line = lines[number - 1]
        let first =
          number == start.line
          ? line.place(ofColumn: start.column)
          : line.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? line.endIndex
        let last = number == end.line ? line.place(ofColumn: end.column) : line.endIndex
        guard first < last else { continue }
        lines[number - 1] = line[..<first] + Array(Credential.mask.utf8) + line[last...]
      }
    }
    self = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}

extension ArraySlice<UInt8> {
  /// Where a column of a line begins; columns count characters, from 1.
  fileprivate func place(ofColumn column: Int) -> Index {
    var left = column - 1
    for place in indices where self[place] & 0xC0 != 0x80 {
      if left == 0 { return place }
      left -= 1
    }
    return endIndex
  }
}
