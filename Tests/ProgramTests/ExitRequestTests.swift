import Foundation
import Glibc
import Testing

/// Every way out gives the terminal back as it was found, and keeps unsaved work.
@Suite struct ExitRequestTests {
  /// A wizard on a pseudo-terminal, with a name typed into it when it is to be dirty.
  private static func start(
    _ sandbox: Sandbox, dirty: Bool, ignoring signal: String? = nil,
    environment: [String: String?] = [:], errors: Int32 = -1
  ) throws -> Pty {
    let arguments = ["--recipe", "split", "-o", "out.yaml"]
    let pty =
      if let signal {
        try Pty(
          ["--ignore-signal=\(signal)", Built.wizard] + arguments, program: "env", in: sandbox)
      } else {
        try Pty(arguments, in: sandbox, environment: environment, errors: errors)
      }
    try pty.wait(for: "^G Help")
    #expect(pty.modes != pty.modesBefore)
    #expect(ScreenModes(after: pty.wire).on.isSuperset(of: [1049, 2004]))
    if dirty {
      pty.type("\u{1b}2")
      try pty.wait(for: "route.metadata.name")
      pty.type("kept")
      try pty.wait(for: "kept")
    }
    return pty
  }

  private static func expectGivenBack(
    _ pty: Pty, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(pty.modes == pty.modesBefore, sourceLocation: sourceLocation)
    #expect(ScreenModes(after: pty.wire) == .untouched, sourceLocation: sourceLocation)
  }

  /// There is one draft, and it holds what was typed.
  private static func expectDraft(
    _ sandbox: Sandbox, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(sandbox.drafts.count == 1, sourceLocation: sourceLocation)
    let draft = try #require(sandbox.drafts.first, sourceLocation: sourceLocation)
    #expect(sandbox.mode(draft) == 0o600, sourceLocation: sourceLocation)
    let printed = try sandbox.manifests(of: draft)
    #expect(printed.output.contains("name: kept\n"), sourceLocation: sourceLocation)
  }

  @Test("nothing unsaved: ^X leaves at once with 0")
  func clean() throws {
    let sandbox = try Sandbox()
    let pty = try ExitRequestTests.start(sandbox, dirty: false)
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    ExitRequestTests.expectGivenBack(pty)
    #expect(sandbox.drafts.isEmpty && sandbox.names().isEmpty)
  }

  @Test("unsaved work: ^X and Enter keep a draft that recover takes up again")
  func keep() throws {
    let sandbox = try Sandbox()
    let pty = try ExitRequestTests.start(sandbox, dirty: true)
    pty.type("\u{18}\r")
    #expect(pty.end() == .exit(130))
    ExitRequestTests.expectGivenBack(pty)
    try ExitRequestTests.expectDraft(sandbox)
    #expect(pty.text.contains("aigw-wizard recover kept\r\n"))
    let again = try Tmux.wizard("recover kept", in: sandbox)
    try again.wait(for: "draft resumed")
    try again.press("-on")
    try again.wait(until: "the cursor in the name") {
      $0.contains("[kept-on ") && Tmux.place(on: $0) == "route.metadata.name"
    }
  }

  @Test("unsaved work: ^X and Save and leave asks for the errors, saves, and leaves with 0")
  func save() throws {
    let sandbox = try Sandbox()
    let pty = try ExitRequestTests.start(sandbox, dirty: true)
    pty.type("\u{18}")
    try pty.wait(for: "Save and leave")
    pty.type("\u{1b}[D\r")
    try pty.wait(for: "Save anyway")
    pty.type("\t\r")
    #expect(pty.end() == .exit(0))
    ExitRequestTests.expectGivenBack(pty)
    #expect(sandbox.file("out.yaml")?.contains("name: kept\n") == true)
    #expect(sandbox.drafts.isEmpty)
    #expect(pty.text.contains("wrote out.yaml\r\nkubectl apply -f out.yaml\r\n"))
  }

  @Test("unsaved work: ^X and Discard leaves with 0 and keeps nothing")
  func discard() throws {
    let sandbox = try Sandbox()
    let pty = try ExitRequestTests.start(sandbox, dirty: true)
    pty.type("\u{18}")
    try pty.wait(for: "Save and leave")
    pty.type("\t\r")
    #expect(pty.end() == .exit(0))
    ExitRequestTests.expectGivenBack(pty)
    #expect(sandbox.drafts.isEmpty && sandbox.names().isEmpty)
  }

  @Test("unsaved work: ^X and Stay, or Esc, goes on where it was")
  func stay() throws {
    let tmux = try Tmux.wizard("--recipe split", in: Sandbox())
    try tmux.move("<Esc>2")
    try tmux.press("kept<C-x>")
    try tmux.wait(for: "Leave with unsaved work?")
    try tmux.press("<Right><Right><Enter>")
    try tmux.wait(until: "the dialog to close") { !$0.contains("Leave with unsaved work?") }
    try tmux.press("<C-x>")
    try tmux.wait(for: "Leave with unsaved work?")
    try tmux.press("<Esc>")
    try tmux.wait(until: "the dialog to close") { !$0.contains("Leave with unsaved work?") }
    try tmux.press("-on")
    try tmux.wait(for: "[kept-on ")
  }

  @Test("^C twice leaves with 130 and keeps the draft; with nothing unsaved it leaves with 0")
  func interruptTwice() throws {
    for dirty in [true, false] {
      let sandbox = try Sandbox()
      let pty = try ExitRequestTests.start(sandbox, dirty: dirty)
      pty.type("\u{3}\u{3}")
      #expect(pty.end() == .exit(dirty ? 130 : 0))
      ExitRequestTests.expectGivenBack(pty)
      if dirty {
        try ExitRequestTests.expectDraft(sandbox)
      } else {
        #expect(sandbox.drafts.isEmpty)
      }
    }
  }

  @Test("^C after the terminal was given back, in the midst of leaving, does not change the status")
  func interruptedWhileLeaving() throws {
    for (leaving, status) in [("\u{18}\r", Int32(130)), ("\u{18}\t\r", 0)] {
      let sandbox = try Sandbox()
      // What it says last waits for somebody to read it.
      let ends = try Started.pipe()
      defer { for end in ends { close(end) } }
      _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
      while write(ends[1], " ", 1) == 1 {}
      _ = fcntl(ends[1], F_SETFL, 0)
      let pty = try ExitRequestTests.start(sandbox, dirty: true, errors: ends[1])
      pty.type(leaving)
      let deadline = Deadline()
      while pty.modes != pty.modesBefore, deadline.left > 0 { _ = pty.end(by: Deadline(0)) }
      // With a ^C the system drops what was written and not read yet.
      _ = pty.end(by: Deadline(0))
      for _ in 0..<3 { pty.type("\u{3}") }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      _ = read(ends[0], &bytes, bytes.count)
      #expect(pty.end() == .exit(status))
      ExitRequestTests.expectGivenBack(pty)
    }
  }

  @Test(
    "a signal to end keeps the draft, gives the terminal back, and ends the program by itself",
    arguments: [
      SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU,
    ])
  func ended(signal: Int32) throws {
    for dirty in [true, false] {
      let sandbox = try Sandbox()
      let pty = try ExitRequestTests.start(sandbox, dirty: dirty)
      kill(pty.program.process, signal)
      #expect(pty.end() == .signal(signal))
      ExitRequestTests.expectGivenBack(pty)
      if dirty {
        try ExitRequestTests.expectDraft(sandbox)
      } else {
        #expect(sandbox.drafts.isEmpty)
      }
    }
  }

  @Test(
    "a crash gives the terminal back, leaves the draft, and still is a crash",
    arguments: [SIGSEGV, SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGTRAP])
  func crashed(signal: Int32) throws {
    let sandbox = try Sandbox()
    // A toolchain's own tool would show the crash and ask what to do.
    let pty = try ExitRequestTests.start(
      sandbox, dirty: true, environment: ["SWIFT_BACKTRACE": "enable=no"])
    kill(pty.program.process, signal)
    #expect(pty.end() == .signal(signal))
    ExitRequestTests.expectGivenBack(pty)
    try ExitRequestTests.expectDraft(sandbox)
  }

  @Test("a closed terminal keeps the draft, also where its signal is ignored")
  func closed() throws {
    for ignored in [nil, "HUP"] {
      let sandbox = try Sandbox()
      let pty = try ExitRequestTests.start(sandbox, dirty: true, ignoring: ignored)
      pty.closeTerminal()
      // The signal and the end of the input come together; either may be seen first.
      let ending = pty.program.end()
      #expect(ending == .exit(130) || ignored == nil && ending == .signal(SIGHUP))
      try ExitRequestTests.expectDraft(sandbox)
    }
  }
}
