import Curses
import Glibc
import RouteForm
import Screen
import Wizard

/// The wizard in a terminal: reads keys, hands them over, does what comes out, draws.
struct Session {
  /// How long typing rests, in milliseconds, before what was typed is judged.
  private static let pause = 50

  private var wizard: Wizard
  private let terminal: Terminal
  private let trace: Trace?
  /// What is for stdout, once the terminal is the shell's again.
  private var printed: [UInt8]?

  static func run(_ arguments: Arguments) -> Int32 {
    do throws(Failure) {
      let opened = try Opening.files(arguments.words)
      let form = opened.isEmpty ? try arguments.form() : Recipe.blank.form
      let terminal: Terminal
      do throws(TerminalError) {
        terminal = try Terminal(
          TerminalOptions(
            color: arguments.color, ascii: arguments.isASCII, mouse: arguments.hasMouse))
      } catch {
        throw Failure(
          status: Exit.usage,
          message: "\(error.description) Without a terminal use: aigw-wizard render --help")
      }
      var start = Wizard.Start(
        form: form, asks: arguments.startsEmpty, output: Output(path: arguments.output),
        size: terminal.size)
      start.hasMouse = arguments.hasMouse
      start.opened = opened
      if let output = arguments.output, !output.hasSuffix("/"), output != Self.standardOutput {
        start.files = [Files.read(output)]
      }
      var session = Session(
        wizard: Wizard(start), terminal: terminal, trace: arguments.trace.map(Trace.init))
      return session.loop()
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      return error.status
    }
  }

  /// One batch of keys, then one frame; nothing runs while nothing happens.
  private mutating func loop() -> Int32 {
    terminal.draw(wizard.frame())
    // What the first frame does without, such as the cases of opened files, is read now.
    if let leaving = handle(.input(.resumed)) { return end(leaving, nil) }
    while true {
      terminal.draw(wizard.frame())
      var inputs = terminal.next(within: wizard.isSettled ? nil : Self.pause)
      if inputs.isEmpty {
        if wizard.settle() { terminal.draw(wizard.frame()) }
        inputs = terminal.next()
      }
      for input in inputs {
        trace?.note(input)
        var cause: EndCause?
        if case .ended(let end) = input { cause = end }
        if let leaving = handle(.input(input)) { return end(leaving, cause) }
      }
    }
  }

  /// The path that stands for stdout.
  private static let standardOutput = "-"

  private func read(_ path: String) -> FileContent {
    guard path == Self.standardOutput else { return Files.read(path) }
    return FileContent(path: path, content: printed.map { .bytes($0) } ?? .absent)
  }

  private mutating func write(_ file: FileToWrite) -> WriteResult {
    guard file.path == Self.standardOutput else { return Files.write(file) }
    printed = file.bytes
    return WriteResult(path: file.path, bytes: file.bytes, failure: nil)
  }

  private mutating func handle(_ event: Event) -> Leaving? {
    for effect in wizard.handle(event) {
      switch effect {
      case .quit(let leaving): return leaving
      case .read(let paths, let purpose):
        let files = paths.flatMap { path in
          purpose == .open ? Opening.contents(ofPath: path) : [read(path)]
        }
        if let leaving = handle(.read(files, purpose)) { return leaving }
      case .write(let files):
        if let leaving = handle(.wrote(files.map { write($0) })) { return leaving }
      case .suspend:
        if !terminal.suspend() {
          _ = handle(.told("cannot suspend: no shell is waiting for this terminal"))
        }
      case .redraw: terminal.redraw()
      case .mouse(let isOn): terminal.setMouse(isOn)
      case .copy(let text): _ = handle(.told(Clipboard.copy(text)))
      case .show(let text): show(text)
      case .editText(let text): _ = handle(.edited(edit(text)))
      }
    }
    return nil
  }

  private func end(_ leaving: Leaving, _ cause: EndCause?) -> Int32 {
    terminal.close()
    var status = leaving.status
    if let draft = leaving.draft {
      switch Drafts.keep(draft, for: wizard.model.output.path ?? wizard.model.form.routeName ?? "")
      {
      case .success(let path):
        let output = wizard.model.output.path.map { " -o \(Shell.quoted($0))" } ?? ""
        Standard.complain(
          "draft kept; take it up with: aigw-wizard --answers \(Shell.quoted(path))\(output)")
      case .failure(let failure):
        Standard.complain("aigw-wizard: \(failure.message)")
        status = failure.status
      }
    }
    // Last, because whoever reads it may be gone.
    if let printed {
      for line in leaving.lines { Standard.complain(line) }
      if !Standard.write(printed, to: STDOUT_FILENO) { status = Exit.unreadable }
    } else {
      for line in leaving.lines { Standard.print(Standard.shown(line)) }
    }
    if case .signal(let number)? = cause {
      signal(number, SIG_DFL)
      raise(number)
    }
    return status
  }

  /// Shows a text in the shell's own screen until Enter or ^C.
  private func show(_ text: String) {
    terminal.leave()
    Standard.print(text)
    Standard.complain("Enter goes back to the wizard")
    terminal.awaitEnter()
    terminal.reenter()
  }

  /// A text as the user's editor leaves it; nil when the editor fails.
  private func edit(_ text: String) -> String? {
    let editor = Environment["VISUAL"] ?? Environment["EDITOR"] ?? "vi"
    let folder = Environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/aigw-wizard-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return nil }
    let path = template.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) ?? "" }
    defer { unlink(path) }
    let isWritten = Standard.write(Array((text + "\n").utf8), to: descriptor)
    close(descriptor)
    guard isWritten else { return nil }
    terminal.leave()
    let status = Child.run(editor.split(separator: " ").map(String.init) + [path])
    terminal.reenter()
    guard status == 0, case .bytes(let bytes) = Files.read(path).content else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
