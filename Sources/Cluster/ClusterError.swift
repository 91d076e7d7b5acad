/// Why a cluster could not be queried, or did not answer.
package enum ClusterError: Error, Hashable, Sendable {
  case noKubectl
  /// kubectl's configuration names no cluster.
  case noContext
  /// The context or kubeconfig is none that kubectl knows; kubectl's words.
  case configuration(String)
  case unreachable(String)
  /// The login is missing, wrong or no longer valid.
  case login(String)
  case forbidden(String)
  /// The server knows no such kind.
  case missingKind(String)
  case tooManyRequests
  /// The server failed (5xx); its words.
  case server(String)
  /// What came was not what an API server says.
  case unreadable(String)
  /// No more megabytes than that are read.
  case tooLarge(Int)
  /// No answer within so many seconds.
  case late(Int)
  case cancelled
  /// kubectl does not know the command or option; its message.
  case oldKubectl(String)
  /// The server does not store the object; its words.
  case refused(String)
  case other(String)
}

extension ClusterError {
  /// Whether other questions may well be answered.
  package var isAboutOneObject: Bool {
    switch self {
    case .forbidden, .missingKind, .server, .refused, .other: true
    case .noKubectl, .noContext, .configuration, .unreachable, .login, .tooManyRequests,
      .unreadable, .tooLarge, .late, .cancelled, .oldKubectl:
      false
    }
  }
}

extension ClusterError: CustomStringConvertible {
  /// One sentence, with what can be done about it.
  package var description: String {
    switch self {
    case .noKubectl: "the cluster cannot be queried: kubectl is not on PATH; install it"
    case .noContext:
      "kubectl has no context: neither KUBECONFIG nor ~/.kube/config has one; set KUBECONFIG, or log "
        + "in to a cluster"
    case .configuration(let message):
      "the cluster cannot be queried: \(message); "
        + (message.split(separator: " ").contains("context")
          ? "use a context of kubectl config get-contexts"
          : "check --kubeconfig and the variable KUBECONFIG")
    case .unreachable(let message): "the cluster's server cannot be reached: \(message)"
    case .login(let message):
      "the cluster does not accept the login, which may have expired; log in again (\(message))"
    case .forbidden(let message): "the cluster does not allow it: \(message)"
    case .missingKind(let message):
      "the cluster does not have the kind: \(message); install the CRDs of AI Gateway"
    case .tooManyRequests: "the cluster's server has too many requests (429); try again later"
    case .server(let message): "the cluster's server failed: \(message)"
    case .unreadable(let message):
      "the response is not from a Kubernetes API server, or incomplete: \(message)"
    case .tooLarge(let megabytes):
      "the cluster's answer is larger than \(megabytes) MiB; choose one namespace with -n"
    case .late(let seconds):
      "no answer from the cluster within \(seconds) s; raise --request-timeout"
    case .cancelled: "the cluster request was cancelled"
    case .oldKubectl(let message):
      "kubectl is too old for this (\(message)); use 1.20 or newer"
    case .refused(let message): "the cluster refuses it: \(message)"
    case .other(let message): "kubectl failed: \(message)"
    }
  }
}
