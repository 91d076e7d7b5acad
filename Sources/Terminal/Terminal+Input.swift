package import Screen
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Terminal {
  /// At most so many bytes are read before what they mean is given.
  private static let batch = 1 << 20

  /// As many bytes as the longest key sends.
  private static let keyLength = 16

  /// Waits for input and gives all that is there. Without `milliseconds` it waits as long as it
  /// takes; with them it gives nothing once they are over. When woken it gives what there
  /// is, or nothing.
  package func next(within milliseconds: Int? = nil) -> [Input] {
    while true {
      if let endCause { return [.ended(endCause)] }
      var inputs: [Input] = []
      // A size that changed while another program had the terminal is reported too.
      if addSize(&inputs) { return inputs }
      var waits = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signalPipe, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      let wait = [decoder.needsTimeout, milliseconds].compactMap(\.self).min()
      let ready = poll(&waits, 3, wait.map { Int32(clamping: $0) } ?? -1)
      if ready == 0 {
        inputs = decoder.timeout(at: Terminal.now)
        if milliseconds != nil { return inputs }
      } else if ready > 0 {
        if waits[0].revents != 0 { readKeys(&inputs) }
        if waits[1].revents != 0 { readSignals(&inputs) }
        if let endCause { inputs.append(.ended(endCause)) }
        if waits[2].revents != 0 { return inputs }
      }
      if !inputs.isEmpty { return inputs }
    }
  }

  /// Shows something while the screen is left, then waits until Enter, ^C, the end of the input or a
  /// signal to end; these count as well while it is shown.
  package func awaitEnter(showing show: () -> Void) {
    SignalHandlers.listen(true)
    defer { if endCause == nil { SignalHandlers.listen(false) } }
    show()
    var isOver = false
    while !isOver {
      var waits = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signalPipe, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waits, 2, -1) > 0 else { continue }
      if waits[0].revents != 0 {
        let count = read(input, buffer.baseAddress, buffer.count)
        if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { endCause = .endOfFile }
        // Pressed before the shell's modes were back, Enter and ^C come as they are sent.
        isOver =
          endCause != nil
          || buffer[..<max(0, count)].contains { 0x0A == $0 || 0x0D == $0 || 3 == $0 }
      }
      drainSignals { number in
        switch number {
        case SIGWINCH, SIGCONT, SIGTSTP: break
        case SIGINT: isOver = true
        default:
          endCause = .signal(number)
          isOver = true
        }
      }
    }
  }

  /// Reads what is queued, however much of a batch that is, and decodes it in large pieces.
  private func readKeys(_ inputs: inout [Input]) {
    var total = 0
    while total < Terminal.batch {
      var filled = 0
      var isDrained = false
      while filled < buffer.count {
        let count = read(input, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
        if count > 0 {
          // A few bytes are a key, with nothing behind it that could not wait for the next round.
          isDrained = filled == 0 && total == 0 && count <= Terminal.keyLength
          filled += count
          if isDrained { break }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
          endCause = .endOfFile
          isDrained = true
          break
        } else if errno == EAGAIN {
          isDrained = true
          break
        }
      }
      if filled > 0 {
        inputs += decoder.feed(
          UnsafeBufferPointer(rebasing: buffer[..<filled]), at: Terminal.now)
      }
      total += filled
      if isDrained { return }
    }
  }

  /// Obeys the signals that came: the last size counts, and the first reason to end.
  private func readSignals(_ inputs: inout [Input]) {
    var isResized = false
    var isContinued = false
    var isStopped = false
    drainSignals { number in
      switch number {
      case SIGWINCH: isResized = true
      case SIGCONT: isContinued = true
      case SIGTSTP: isStopped = true
      default: if endCause == nil { endCause = .signal(number) }
      }
    }
    if isStopped, endCause == nil {
      _ = stop { raise(SIGTSTP) }
      isContinued = true
    } else if isContinued {
      restoreModes()
    }
    // Also where the size is the same again: the terminal may have cut what it showed.
    if isResized, !readSize() { redraw() }
    if isContinued { inputs.append(.resumed) }
    _ = addSize(&inputs)
  }

  /// Adds a size that was not reported yet; whether there was one.
  private func addSize(_ inputs: inout [Input]) -> Bool {
    guard size != toldSize else { return false }
    toldSize = size
    inputs.append(.resized(size))
    return true
  }

  /// Hands over the numbers of the signals that came since.
  func drainSignals(_ body: (Int32) -> Void) {
    var bytes: [UInt8] = Array(repeating: 0, count: 256)
    while true {
      let count = read(signalPipe, &bytes, bytes.count)
      if count <= 0 { return }
      for byte in bytes[..<count] { body(Int32(byte)) }
    }
  }

  /// Milliseconds of a clock that only goes forward.
  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
