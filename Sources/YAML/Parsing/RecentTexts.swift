/// Long texts that were read lately, so that those that come again and again, such as names of
/// fields, are in memory once.
final class RecentTexts {
  private var texts: [String] = Array(repeating: "", count: 256)

  /// The text in UTF-8.
  func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    // Shorter ones need no memory beside the string itself.
    guard bytes.count > 15 else { return String(decoding: bytes, as: UTF8.self) }
    let middle = Int(bytes[bytes.count / 2]) &* 5 &+ Int(bytes[bytes.count / 4]) &* 3
    let place = (bytes.count &* 31 &+ middle &+ Int(bytes[bytes.count - 1])) & 0xFF
    if texts[place].withBytes({ $0.hasBytes(of: bytes) }) { return texts[place] }
    let text = String(decoding: bytes, as: UTF8.self)
    texts[place] = text
    return text
  }
}
