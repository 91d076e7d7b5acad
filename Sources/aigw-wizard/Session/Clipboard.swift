import Glibc
import Resources

/// Copies to the clipboard, through tmux or by OSC 52.
enum Clipboard {
  /// Copies through tmux where we run in it, else by OSC 52; gives what happened, in words.
  static func copy(_ text: String) -> String {
    let bytes = Array(text.utf8)
    if Environment["TMUX"] != nil,
      ForegroundProcess.run(["tmux", "load-buffer", "-w", "-"], input: bytes) == .exited(0)
    {
      return "copied to tmux's buffer"
    }
    let descriptor = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return "cannot copy: no terminal" }
    defer { close(descriptor) }
    let sequence = Array("\u{1b}]52;c;".utf8) + base64(bytes) + [7]
    return Streams.write(sequence, to: descriptor)
      ? "copied, if the terminal allows it (OSC 52)" : "cannot copy to this terminal"
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = StoredData.alphabet
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var value = 0
      for place in 0..<3 {
        value = value << 8 | (place < group.count ? Int(group[start + place]) : 0)
      }
      for place in 0..<4 {
        result.append(
          place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
