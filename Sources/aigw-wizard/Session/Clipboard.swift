import Glibc
import YAML

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
    let sequence = Array("\u{1b}]52;c;".utf8) + Base64.text(of: bytes).utf8 + [7]
    return Streams.write(sequence, to: descriptor)
      ? "copied, if the terminal allows it (OSC 52)" : "cannot copy to this terminal"
  }
}
