/// Where the lines of a document begin in its file: they make lines and columns of bytes.
struct LineStarts: Sendable {
  private var starts: [UInt32] = []
  private let linesBefore: Int
  /// The file; empty where each character of the document is one byte.
  private let file: [UInt8]

  /// The lines of a part that is read as libyaml does, with a newline at its end where that is added.
  init(of part: DocumentRange, in file: [UInt8], isASCII: Bool, addsNewline: Bool) {
    linesBefore = part.linesBefore
    self.file = isASCII ? [] : file
    file.withUnsafeBufferPointer { file in
      let text = UnsafeBufferPointer(rebasing: file[..<part.text.upperBound])
      let mark = file[part.text].hasByteOrderMark ? 3 : 0
      var index = part.text.lowerBound + mark
      starts.append(UInt32(truncatingIfNeeded: index))
      // Most texts end their lines only with newlines.
      if isASCII, text.place(of: Byte.carriageReturn, from: index) == nil {
        while let newline = text.place(of: Byte.newline, from: index) {
          index = newline + 1
          starts.append(UInt32(truncatingIfNeeded: index))
        }
        return
      }
      while index < text.count {
        let length =
          text[index] > Byte.carriageReturn && text[index] < 0xC2 ? 0 : file.breakLength(at: index)
        index += max(1, length)
        if length > 0 { starts.append(UInt32(truncatingIfNeeded: index)) }
      }
    }
    if addsNewline { starts.append(UInt32(truncatingIfNeeded: part.text.upperBound + 1)) }
    starts = starts.fitted
  }

  /// Where a byte of the file stands, of a document in which it is.
  func position(_ byte: UInt32) -> Position {
    let line = max(1, starts.firstIndexAfter { $0 <= byte })
    let lineBytes = Int(starts[line - 1])..<Int(byte)
    let column =
      file.isEmpty
      ? lineBytes.count : file[lineBytes.clamped(to: file.indices)].count { $0 & 0xC0 != 0x80 }
    return Position(line: linesBefore + line, column: column + 1)
  }
}
