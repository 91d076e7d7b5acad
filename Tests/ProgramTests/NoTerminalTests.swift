import Glibc
import Testing

/// Where there is no screen to draw on, the program says so and never hangs.
@Suite struct NoTerminalTests {
  @Test("without a terminal it exits with 2 and names render")
  func none() throws {
    let run = try Run([], in: Sandbox())
    #expect(run.ending == .exit(2))
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("no terminal") && run.errors.contains("aigw-wizard render"))
  }

  @Test("where prompts are forbidden the wizard and recover exit with 2 and name what to use")
  func nonInteractive() throws {
    let forbidding = ["AIGW_WIZARD_NON_INTERACTIVE": "1"]
    let pty = try Pty([], in: Sandbox(), environment: forbidding)
    #expect(pty.end() == .exit(2))
    #expect(pty.text.contains("aigw-wizard render") && !pty.wire.contains(0x1b))
    let run = try Run(["config"], in: Sandbox(), environment: forbidding)
    #expect(run.ending == .exit(0))
  }

  @Test("without TERM the terminal is refused in words, and nothing is sent to it")
  func unfit() throws {
    for changes in [["TERM": ""], ["TERM": nil]] {
      let pty = try Pty([], in: Sandbox(), environment: changes)
      #expect(pty.end() == .exit(2))
      #expect(pty.text.contains("not set") && pty.text.contains("aigw-wizard render"))
      #expect(!pty.wire.contains(0x1b))
      #expect(pty.modes == pty.modesBefore)
    }
  }

  @Test(
    "a stream that is elsewhere is there whatever the number of its file", .serialized,
    arguments: [3, 19, 20])
  func streamElsewhere(number: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.write("out.txt", "")
    let file = open(sandbox.full("out.txt"), O_WRONLY | O_CLOEXEC)
    // The number asked for, or the next that no other test holds.
    let output = fcntl(file, F_DUPFD_CLOEXEC, number)
    defer {
      close(file)
      close(output)
    }
    let pty = try Pty(
      ["-c", "echo to the file; echo to the terminal >/dev/tty"], program: "sh", in: sandbox,
      output: output)
    #expect(pty.end() == .exit(0))
    #expect(sandbox.file("out.txt") == "to the file\n")
    #expect(pty.text.contains("to the terminal") && !pty.text.contains("file"))
  }

  @Test("with stdin and stdout elsewhere it draws on the terminal; stdout gets the last lines only")
  func redirected() throws {
    let sandbox = try Sandbox()
    try sandbox.write("out.txt", "")
    let output = open(sandbox.full("out.txt"), O_WRONLY | O_CLOEXEC)
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer {
      close(output)
      close(input)
    }
    let pty = try Pty(
      [
        "--recipe", "catch-all", "--set", "route.metadata.name=r", "--set",
        "route.spec.parentRefs[0].name=g",
      ], in: sandbox, input: input, output: output)
    try pty.wait(for: "^G Help")
    pty.type("\u{f}")
    try pty.wait(for: "Save as...")
    pty.type("\r")
    try pty.wait(for: "saved r.yaml")
    pty.type("\u{18}")
    #expect(pty.end() == .exit(0))
    #expect(ScreenModes(after: pty.wire) == .untouched)
    #expect(
      sandbox.file("out.txt")?.hasPrefix(
        "wrote r.yaml\nkubectl apply -f r.yaml\nthe same again:\naigw-wizard render")
        == true)
    #expect(sandbox.file("out.txt")?.utf8.contains(0x1b) == false)
  }
}
