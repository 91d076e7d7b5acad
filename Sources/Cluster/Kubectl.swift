import Resources
import YAML

/// The user's kubectl and the cluster that it is pointed at.
///
/// All that is asked of a cluster goes through it: `ClusterSnapshot` lists objects, the dry runs
/// ask the server for its word, `apply` is the only call that writes. Each call is one process
/// without a shell, with bounded output and a deadline, and throws a `ClusterError` with one
/// sentence for the user; it blocks, so that the wizard calls it on another thread.
package struct Kubectl: Sendable {
  /// Which cluster, in kubectl's own words; nil is what kubectl takes by itself.
  package struct Target: Hashable, Sendable {
    package var context: String?
    package var kubeconfig: String?
    package var namespace: String?
    /// How many seconds one request may take.
    package var timeout: Int

    package init(
      context: String? = nil, kubeconfig: String? = nil, namespace: String? = nil,
      timeout: Int = Target.usualTimeout
    ) {
      self.context = context
      self.kubeconfig = kubeconfig
      self.namespace = namespace
      self.timeout = timeout
    }

    /// The same for the context of a setting.
    package func pointed(at context: String) -> Target {
      var target = self
      if context != Setting.unnamed { target.context = context }
      return target
    }

    /// The seconds that a request may take unless others are asked for.
    package static let usualTimeout = 10
  }

  package let target: Target
  private let cancellation: Cancellation
  /// No answer may be larger than this many bytes.
  private static let limit = 64 << 20

  package init(_ target: Target, cancelledBy cancellation: Cancellation = Cancellation()) {
    self.target = target
    self.cancellation = cancellation
  }

  /// What kubectl printed: all of it where it succeeded, else what it could get, and its errors.
  struct Response: Sendable {
    let isSuccess: Bool
    let output: [UInt8]
    let errorOutput: ErrorOutput

    /// The output as values; throws where it is no JSON.
    func value() throws(ClusterError) -> Node {
      var limits = Parser.Limits()
      limits.bytes = Kubectl.limit
      let parsed = Parser(limits: limits).parse(output)
      guard let document = parsed.documents.first, !parsed.hasErrors else {
        throw .unreadable("kubectl printed no JSON")
      }
      return document.root
    }
  }

  /// Runs kubectl; throws only where it did not come to an end by itself.
  func answer(
    to arguments: [String], input: [UInt8] = [], timeout: Int? = nil
  ) throws(ClusterError) -> Response {
    let seconds = timeout ?? target.timeout
    // A command is several requests: discovery, then those that it is about.
    let child = CapturedProcess(
      program: "kubectl", arguments: options(seconds) + arguments, input: input,
      limit: Self.limit, time: 3000 * seconds)
    do throws(CapturedProcess.Failure) {
      let result = try child.run(cancelledBy: cancellation)
      return Response(
        isSuccess: result.isSuccess, output: result.output, errorOutput: ErrorOutput(result.errors))
    } catch {
      switch error {
      case .notFound: throw .noKubectl
      case .tooMuchOutput: throw .tooLarge(Self.limit >> 20)
      case .late: throw .late(3 * seconds)
      case .cancelled: throw .cancelled
      case .notRun(let message): throw .other(message)
      }
    }
  }

  /// Runs kubectl and throws what went wrong, if something did.
  func output(of arguments: [String], input: [UInt8] = []) throws(ClusterError) -> Response {
    let answer = try answer(to: arguments, input: input)
    guard answer.isSuccess else { throw answer.errorOutput.error }
    return answer
  }

  private func options(_ seconds: Int) -> [String] {
    var options = ["--request-timeout=\(seconds)s"]
    if let context = target.context { options.append("--context=\(context)") }
    if let kubeconfig = target.kubeconfig { options.append("--kubeconfig=\(kubeconfig)") }
    return options
  }

  /// The context that is used, and the namespace of objects that name none.
  package struct Setting: Hashable, Sendable {
    package let context: String
    package let namespace: String

    /// What stands for a context where kubectl's configuration has none.
    static let unnamed = "kubectl's own"
  }

  /// Reads kubectl's configuration; nothing is asked of the cluster.
  package func setting() throws(ClusterError) -> Setting {
    let answer = try answer(to: ["config", "view", "--minify", "-o", "json"])
    guard answer.isSuccess else {
      // Without a current context kubectl looks for the cluster that it runs in.
      guard answer.errorOutput.text.holds("current-context must exist") else {
        throw answer.errorOutput.error
      }
      return Setting(context: Setting.unnamed, namespace: target.namespace ?? "default")
    }
    let context = try answer.value().list("contexts").first
    let namespace = context?.given("context", "namespace")?.text ?? ""
    return Setting(
      context: context?["name"]?.text ?? Setting.unnamed,
      namespace: target.namespace ?? (namespace.isEmpty ? "default" : namespace))
  }

  /// The names of the contexts that kubectl knows.
  package func contexts() throws(ClusterError) -> [String] {
    let answer = try output(of: ["config", "get-contexts", "-o", "name"])
    return String(decoding: answer.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
