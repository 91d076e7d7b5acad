/// The way from a document's root to one of its nodes: `spec.rules[0].matches[1]`.
///
/// Findings, edits, positions in a text and fields of the form all have paths. Items count
/// from 0 here and wherever a path is printed; sentences for people count rules from 1. Keys that
/// are no plain word are written in brackets and quotes,
/// `metadata.labels["app.kubernetes.io/name"]`; the quotes may be left out when reading. Reading a
/// text that is no path gives nil.
package struct Path: Hashable, Sendable {
  /// One step down: into a mapping or into a sequence (from 0).
  package enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  package static let root = Path()

  package var isRoot: Bool { steps.isEmpty }
  package var last: Step? { steps.last }
  package var count: Int { steps.count }

  /// The path without its last step; the root's parent is the root.
  package var parent: Path { Path(Array(steps.dropLast())) }

  package func appending(_ key: String) -> Path { appending(CollectionOfOne(.key(key))) }
  package func appending(_ index: Int) -> Path { appending(CollectionOfOne(.index(index))) }
  package func appending(_ other: Path) -> Path {
    if isRoot { return other }
    return other.isRoot ? self : appending(other.steps)
  }

  /// Findings hold many paths: each takes no more memory than it needs.
  private func appending(_ further: some Collection<Step>) -> Path {
    Path(
      Array(unsafeUninitializedCapacity: steps.count + further.count) { buffer, count in
        let (_, end) = buffer.initialize(from: steps)
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[end...])
        count = end + rest.initialize(from: further).index
      })
  }

  /// Whether this path is `other` or lies below it.
  package func isWithin(_ other: Path) -> Bool { steps.starts(with: other.steps) }

  /// The steps below `ancestor`, nil when this path does not lie within it.
  package func relative(to ancestor: Path) -> Path? {
    isWithin(ancestor) ? Path(Array(steps.dropFirst(ancestor.count))) : nil
  }
}

extension Path: CustomStringConvertible {
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key) where key.utf8.allSatisfy(Path.isPlain) && !key.isEmpty:
        text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\"\(key)\"]"
      }
    }
    return text
  }

  /// Whether a byte is a letter, a digit, `-` or `_`, of which keys without quotes are made.
  package static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Reads a path as `description` writes it; nil for text that is no path.
  package init?(_ text: String) {
    var steps: [Step] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first == "[" {
        rest.removeFirst()
        if rest.first == "\"" {
          rest.removeFirst()
          guard let end = rest.range(ofFirst: "\"]") else { return nil }
          steps.append(.key(String(rest[..<end.lowerBound])))
          rest = rest[end.upperBound...]
        } else {
          guard let end = rest.firstIndex(of: "]"), end > rest.startIndex else { return nil }
          let inner = rest[..<end]
          if inner.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            guard let index = Int(inner) else { return nil }
            steps.append(.index(index))
          } else {
            steps.append(.key(String(inner)))
          }
          rest = rest[rest.index(after: end)...]
        }
      } else {
        if first == "." {
          guard !steps.isEmpty else { return nil }
          rest.removeFirst()
        } else if !steps.isEmpty {
          return nil
        }
        let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
        guard end > rest.startIndex else { return nil }
        steps.append(.key(String(rest[..<end])))
        rest = rest[end...]
      }
    }
    self.init(steps)
  }
}

extension Substring {
  /// The first place where `needle` (two or more ASCII characters) stands, nil where it does not.
  package func range(ofFirst needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      start = index(after: start)
    }
    return nil
  }
}

extension Node {
  /// The node at a path, nil where there is none.
  package subscript(path: Path) -> Node? { node(at: path.steps[...]) }

  private func node(at steps: ArraySlice<Path.Step>) -> Node? {
    switch steps.first {
    case nil: self
    case .key(let key): self[key]?.node(at: steps.dropFirst())
    case .index(let index): self[index]?.node(at: steps.dropFirst())
    }
  }
}
