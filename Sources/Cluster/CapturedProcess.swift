import Dispatch
import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// Runs a program to its end, without a shell, and captures its output.
struct CapturedProcess: Sendable {
  /// What a program left.
  struct Result: Sendable {
    let isSuccess: Bool
    let output: [UInt8]
    let errors: String
  }

  /// Why there is nothing of a program to look at.
  enum Failure: Error {
    case notFound
    case tooMuchOutput
    case late
    case cancelled
    case notRun(String)
  }

  let program: String
  let arguments: [String]
  let input: [UInt8]
  /// How many bytes it may write.
  let limit: Int
  /// How many milliseconds it may take, its children with it.
  let time: Int

  /// How often a wait looks whether it was cancelled, in milliseconds.
  private static let step = 20

  /// Runs it; the caller's thread waits.
  func run(cancelledBy cancellation: Cancellation) throws(Failure) -> Result {
    let outcome = Outcome()
    let file = try inputFile()
    let task = Task.detached {
      let result = await collected(reading: file)
      outcome.value.withLock { $0 = result }
      outcome.isThere.signal()
    }
    var left = time
    while outcome.isThere.wait(timeout: .now() + .milliseconds(Self.step)) == .timedOut {
      left -= Self.step
      guard left <= 0 || cancellation.isAsked else { continue }
      task.cancel()
      outcome.isThere.wait()
      throw cancellation.isAsked ? .cancelled : .late
    }
    guard let result = outcome.value.withLock({ $0 }) else { throw .cancelled }
    return try result.get()
  }

  /// What the task leaves for the thread that waits.
  private final class Outcome: Sendable {
    let value = Mutex<Swift.Result<Result, Failure>?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }

  /// The input as a file of no folder, at its beginning: nobody has to write to a program that may
  /// end before it read everything.
  private func inputFile() throws(Failure) -> FileDescriptor {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/aigw-wizard.XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw .notRun("cannot create its input file in \(folder)") }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let file = FileDescriptor(rawValue: descriptor)
    do {
      try file.writeAll(input)
      try file.seek(offset: 0, from: .start)
      return file
    } catch {
      try? file.close()
      throw .notRun("\(folder) has no room for its input")
    }
  }

  private func collected(reading file: FileDescriptor) async -> Swift.Result<Result, Failure> {
    var options = PlatformOptions()
    // No terminal to ask at; and what it started ends with it.
    options.createSession = true
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(1))
    ]
    do {
      let record = try await Subprocess.run(
        .name(program), arguments: Arguments(arguments), platformOptions: options,
        input: .fileDescriptor(file, closeAfterSpawningProcess: true), output: .bytes(limit: limit),
        error: .bytes(limit: limit))
      return .success(
        Result(
          isSuccess: record.terminationStatus.isSuccess, output: record.standardOutput,
          errors: String(decoding: record.standardError, as: UTF8.self)))
    } catch let error as SubprocessError {
      switch error.code {
      case .executableNotFound: return .failure(.notFound)
      case .outputLimitExceeded: return .failure(.tooMuchOutput)
      case _: return .failure(.notRun("\(error)"))
      }
    } catch {
      return .failure(.cancelled)
    }
  }
}

/// A flag by which another thread cancels work in progress.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  /// Whether it was asked for.
  package var isAsked: Bool { flag.load(ordering: .relaxed) }

  /// Asks for it; may be called in a signal handler.
  package func ask() { flag.store(true, ordering: .relaxed) }
}
