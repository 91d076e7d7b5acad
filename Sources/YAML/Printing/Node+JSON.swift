extension Node {
  /// The value as JSON, indented by two spaces, without a newline at its end.
  ///
  /// Documents are at most as deep as the reader allows.
  package var json: String {
    var writer = JSONWriter()
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension Node {
  /// How many bytes it takes as JSON without blanks, which is how kubectl sends it.
  package var sizeAsJSON: Int {
    var writer = JSONWriter()
    return writer.size(of: self)
  }
}

extension Node {
  /// How many bytes it takes as JSON without blanks at most, found without reading its texts: each
  /// byte of one may be an escape of six.
  package var mostBytesAsJSON: Int {
    switch self {
    case .scalar(let scalar): return max(32, 6 * scalar.text.utf8.count + 2)
    case .sequence(let items):
      var count = 2
      for index in items.indices { count += items[index].mostBytesAsJSON + 1 }
      return count
    case .mapping(let mapping):
      var count = 2
      for index in mapping.entries.indices {
        count += 6 * mapping.entries[index].key.utf8.count + 4
        count += mapping.entries[index].value.mostBytesAsJSON
      }
      return count
    }
  }
}

extension String {
  /// The text as a JSON string, in quotes.
  package var json: String {
    var writer = JSONWriter()
    writer.write(string: self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Writes values as JSON.
private struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  mutating func write(_ node: Node) {
    switch node {
    case .scalar(let scalar): write(scalar)
    case .sequence(let items):
      write(items, between: UInt8(ascii: "["), UInt8(ascii: "]")) { $0.write($1) }
    case .mapping(let mapping):
      write(mapping.entries, between: UInt8(ascii: "{"), UInt8(ascii: "}")) {
        $0.write(string: $1.key)
        $0.bytes.append(text: ": ")
        $0.write($1.value)
      }
    }
  }

  /// The bytes of a node without blanks; what was written before is dropped.
  mutating func size(of node: Node) -> Int {
    switch node {
    case .scalar(let scalar): return size { $0.write(scalar) }
    case .sequence(let items):
      var size = 1 + max(1, items.count)
      for item in items { size += self.size(of: item) }
      return size
    case .mapping(let mapping):
      var size = 1 + max(1, mapping.entries.count)
      for entry in mapping.entries {
        size += self.size { $0.write(string: entry.key) } + 1 + self.size(of: entry.value)
      }
      return size
    }
  }

  private mutating func size(_ write: (inout JSONWriter) -> Void) -> Int {
    bytes.removeAll(keepingCapacity: true)
    write(&self)
    return bytes.count
  }

  private mutating func write<Item>(
    _ items: [Item], between open: UInt8, _ close: UInt8,
    _ write: (inout JSONWriter, Item) -> Void
  ) {
    bytes.append(open)
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      indent()
      write(&self, item)
    }
    depth -= 1
    if !items.isEmpty { indent() }
    bytes.append(close)
  }

  private mutating func indent() {
    bytes.append(Byte.newline)
    for _ in 0..<depth { bytes.append(text: "  ") }
  }

  mutating func write(_ scalar: Scalar) {
    switch scalar.kind {
    case .null: bytes.append(text: "null")
    case .bool: bytes.append(text: scalar.bool ?? false ? "true" : "false")
    case .string: write(string: scalar.text)
    case .integer, .float:
      switch scalar.text.withBytes(Scalar.number) {
      case .integer(let value): bytes.append(text: String(value))
      case .float(let value) where value.isFinite: bytes.append(text: String(value))
      case .float, nil: write(string: scalar.text)
      }
    }
  }

  mutating func write(string text: String) {
    bytes.append(Byte.quote)
    text.withBytes { text in
      var index = 0
      while true {
        let plain = text[index...].prefix(while: \.isPlainInJSON)
        bytes.append(contentsOf: plain)
        index = plain.endIndex
        guard index < text.count else { break }
        let point = CodePoint(text, at: index)
        if let letter = point.shortEscape, letter != UInt8(ascii: "b"), letter != UInt8(ascii: "f")
        {
          bytes.append(Byte.backslash)
          bytes.append(letter)
        } else if point.needsEscape {
          writeEscape(point.value)
        } else {
          bytes.append(contentsOf: text[index..<index + point.length])
        }
        index += point.length
      }
    }
    bytes.append(Byte.quote)
  }

  /// What is not seen, or could turn the text around it, as JSON spells it.
  private mutating func writeEscape(_ value: UInt32) {
    guard value <= 0xFFFF else {
      writeEscape(0xD7C0 + (value >> 10))
      writeEscape(0xDC00 + (value & 0x3FF))
      return
    }
    let digits = String(value, radix: 16)
    bytes.append(text: "\\u")
    for _ in digits.utf8.count..<4 { bytes.append(Byte.zero) }
    bytes.append(text: digits)
  }
}

extension UInt8 {
  /// Whether a byte stands for itself in a JSON string, alone and without a look at its neighbors.
  fileprivate var isPlainInJSON: Bool {
    0x20...0x7E ~= self && self != Byte.quote && self != Byte.backslash
  }
}
