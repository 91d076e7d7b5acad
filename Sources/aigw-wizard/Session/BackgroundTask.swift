import Glibc

/// Work on its own thread, so that keys are handled and messages shown meanwhile.
final class BackgroundTask<Value: Sendable> {
  /// Becomes readable when it is done.
  let wakeDescriptor: Int32
  private let result: Result
  /// Nil where there can be none.
  private let thread: pthread_t?

  /// What the thread leaves; looked at once it has ended.
  private final class Result {
    let wakeDescriptor: Int32
    var value: Value?

    init(_ wakeDescriptor: Int32) { self.wakeDescriptor = wakeDescriptor }
  }

  /// Begins; where there can be no thread, it is done at once.
  init(_ work: @escaping @Sendable () -> Value) {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
    let result = Result(ends[1])
    wakeDescriptor = ends[0]
    self.result = result
    thread = Job {
      result.value = work()
      // Nobody listens where it was given up.
      var byte: UInt8 = 0
      write(result.wakeDescriptor, &byte, 1)
    }.begin()
  }

  /// Whether it is not done yet.
  var isRunning: Bool {
    var wait = pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)
    return thread != nil && poll(&wait, 1, 0) == 0
  }

  /// What came of it, if it is done within so many milliseconds; -1 waits as long as it takes.
  func value(within milliseconds: Int32) -> Value? {
    guard let thread else { return result.value }
    var wait = pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&wait, 1, milliseconds)
      if count > 0 { break }
      if count == 0 || errno != EINTR { return nil }
    }
    pthread_join(thread, nil)
    close(wakeDescriptor)
    close(result.wakeDescriptor)
    return result.value
  }
}

/// The closure that a thread runs.
private final class Job {
  /// No smaller than that of the program, for deep documents.
  private static let stack = 16 << 20

  let run: () -> Void

  init(_ run: @escaping () -> Void) { self.run = run }

  /// Begins the thread; where there can be none, does it at once.
  func begin() -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stack)
    let held = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, held.toOpaque())
    if code == 0 { return thread }
    held.takeRetainedValue().run()
    return nil
  }
}
