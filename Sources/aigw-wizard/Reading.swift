import Glibc
import Wizard

/// Files on their way to be opened, read on a thread of their own, so that keys are answered
/// meanwhile.
final class Reading {
  /// The stack of the thread: as large as that of the program, for deep documents.
  private static let stack = 16 << 20

  /// Becomes readable when they are there.
  let bell: Int32
  private let job: Job
  /// Nil where there can be none.
  private var thread: pthread_t?

  /// What the thread has: it is looked at by others once the thread has ended.
  private final class Job {
    let work: () -> Opened
    let bell: Int32
    var opened: Opened?

    init(_ bell: Int32, _ work: @escaping () -> Opened) {
      self.bell = bell
      self.work = work
    }
  }

  /// Begins; where there can be no thread, it is done at once.
  init(_ work: @escaping @Sendable () -> Opened) {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
    bell = ends[0]
    job = Job(ends[1], work)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stack)
    let held = Unmanaged.passRetained(job)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
        job.opened = job.work()
        // Nobody listens where it was given up.
        var byte: UInt8 = 0
        write(job.bell, &byte, 1)
        return nil
      }, held.toOpaque())
    pthread_attr_destroy(&attributes)
    if code == 0 {
      self.thread = thread
    } else {
      held.release()
      job.opened = work()
    }
  }

  /// What was read, if that is there within so many milliseconds.
  func opened(within milliseconds: Int32) -> Opened? {
    guard let thread else { return job.opened }
    var wait = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return nil }
    pthread_join(thread, nil)
    close(bell)
    close(job.bell)
    return job.opened
  }
}
