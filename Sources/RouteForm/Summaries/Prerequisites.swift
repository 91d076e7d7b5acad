internal import Resources
internal import Schemas
internal import YAML

/// What stands between the written manifests and a route that answers: what must be installed,
/// the Secrets to create, and a request that tries it.
package struct Prerequisites: Sendable {
  /// What the cluster must have, a line each (envoyproxy/ai-gateway v1.1.0,
  /// manifests/envoy-gateway-values.yaml; examples/inference-pool/envoy-gateway-values-addon.yaml).
  package let requirements: [String]
  /// The commands that create Secrets, but for what the user says exists, and ServiceAccounts.
  package let commands: [String]
  /// Two commands: the Gateway's address, and a request.
  package let trial: [String]

  package init(_ form: FormState) {
    let used = form.usedProviders.map { (provider: form.providers[$0.index], isPool: $0.isPool) }
    requirements =
      Self.requirements(form, used.map(\.provider)) + Self.secretsOfOpened(in: form)
    var commands: [String] = []
    for (provider, _) in used {
      guard let secret = provider.secret, !secret.isThere else { continue }
      let command = secret.command(in: form.namespace(of: provider))
      if !commands.contains(command) { commands.append(command) }
    }
    self.commands = commands + Self.identity(form, used.map(\.provider.credentials))
    trial = Self.trial(form, used.first.flatMap { $0.provider.preset })
  }

  private static func requirements(_ form: FormState, _ used: [FormState.Provider]) -> [String] {
    let hasPools = form.rules.contains(where: FormState.isPool)
    guard !used.isEmpty || form.writesGateway || hasPools else { return [] }
    var lines = [
      "Envoy Gateway, installed with AI Gateway's values (Backend API, extension manager)"
    ]
    if hasPools {
      lines.append("the Inference Extension's CRDs, and InferencePool among EG's backendResources")
    }
    for provider in used {
      switch provider.credentials {
      case .podIdentity where form.writesProxy, .irsa where form.writesProxy,
        .adc where form.writesProxy:
        break
      case .podIdentity, .irsa:
        lines.append(
          "\(provider.name): an EnvoyProxy whose envoyServiceAccount has the AWS role, on the Gateway"
        )
      case .adc:
        lines.append(
          "\(provider.name): an EnvoyProxy whose envoyServiceAccount has the Google identity, on "
            + "the Gateway")
      case .key, .none, .oidc, .clientSecret, .federation: break
      }
      if let secret = provider.secret, secret.isThere {
        let place = form.namespace(of: provider) ?? WellKnown.defaultNamespace
        lines.append("Secret \(place)/\(secret.name) with the key \(secret.key)")
      }
    }
    if form.writesGateway {
      for listener in form.document(.gateway)["spec"]?.list("listeners") ?? [] {
        for secret in listener["tls"]?.list("certificateRefs") ?? [] {
          lines.append(
            "Secret \(secret["name"]?.scalar?.text ?? "?") with the certificate of listener "
              + (listener["name"]?.scalar?.text ?? "?"))
        }
      }
    }
    return lines
  }

  /// The Secrets that opened BackendSecurityPolicies name and that are not among the documents: whether the
  /// cluster has them is not known.
  private static func secretsOfOpened(in form: FormState) -> [String] {
    let nodes = form.opened.compactMap(\.node)
    let known = Set(
      nodes.filter { $0["kind"]?.text == "Secret" }.map { ObjectKey(of: $0) })
    var lines: [String] = []
    for node in nodes where node["kind"]?.text == "BackendSecurityPolicy" {
      for use in BackendSecurityPolicy(node).secrets where !known.contains(use.secret) {
        let line = "Secret \(use.secret) with the key \(use.key)"
        if !lines.contains(line) { lines.append(line) }
      }
    }
    return lines
  }

  /// The commands that give the Envoy pods of a Gateway that is written an identity: their
  /// ServiceAccount, in the place of Envoy Gateway's own, which may read Secrets
  /// (envoyproxy/ai-gateway v1.1.0, examples/basic/aws-irsa.yaml), and what it is to a cloud.
  private static func identity(
    _ form: FormState, _ used: [ProviderPreset.Credentials]
  ) -> [String] {
    guard form.writesProxy else { return [] }
    let account = Shell.quoted(form.proxyAccount)
    let (namespace, variable) = (WellKnown.envoyGatewayNamespace, "\"$AWS_ROLE_ARN\"")
    var commands = [
      "kubectl create serviceaccount \(account) -n \(namespace)",
      "kubectl create role \(account) -n \(namespace) --verb=get,list,watch --resource=secrets",
      "kubectl create rolebinding \(account) -n \(namespace) --role=\(account) "
        + "--serviceaccount=\(namespace):\(account)",
    ]
    if used.contains(.irsa) {
      commands.append(
        "kubectl annotate serviceaccount \(account) -n \(namespace) "
          + "eks.amazonaws.com/role-arn=\(variable)")
    }
    if used.contains(.podIdentity) {
      commands.append(
        "aws eks create-pod-identity-association --cluster-name \"$CLUSTER\" --namespace \(namespace) "
          + "--service-account \(account) --role-arn \(variable)")
    }
    if used.contains(.adc) {
      commands.append(
        "kubectl annotate serviceaccount \(account) -n \(namespace) "
          + "iam.gke.io/gcp-service-account=\"$GOOGLE_SERVICE_ACCOUNT\"")
    }
    return commands
  }

  /// The commands that ask the first rule for an answer.
  private static func trial(_ form: FormState, _ preset: ProviderPreset?) -> [String] {
    guard let gateway = form.parentRefs.first?["name"]?.scalar?.text else { return [] }
    let place = form.gatewayNamespace.map { " -n \(Shell.quoted($0))" } ?? ""
    let headers = form.rules.first?["matches"]?[0]?.list("headers") ?? []
    let model =
      headers.first(where: Template.isModelHeader).flatMap { header in
        header["type"]?.text == "RegularExpression" ? nil : header["value"]?.scalar?.text
      } ?? preset?.model ?? "MODEL"
    var words = ["curl", "-H 'Content-Type: application/json'"]
    if let host = form.route["spec"]?["hostnames"]?[0]?.scalar?.text {
      words.append("-H \(Shell.quoted("Host: \(host)"))")
    }
    for header in headers where !Template.isModelHeader(header) {
      guard let name = header["name"]?.scalar?.text, let value = header["value"]?.scalar?.text
      else { continue }
      words.append("-H \(Shell.quoted("\(name): \(value)"))")
    }
    let (path, body) = request(model, preset)
    words.append("-d \(Shell.quoted(body))")
    words.append("http://$GATEWAY\(path)")
    return [
      "GATEWAY=$(kubectl get gateway \(Shell.quoted(gateway))\(place) "
        + "-o jsonpath='{.status.addresses[0].value}')",
      words.joined(separator: " "),
    ]
  }

  /// The path and body of a small request to an API.
  private static func request(_ model: String, _ preset: ProviderPreset?) -> (String, String) {
    let hello = "[{\"role\": \"user\", \"content\": \"Hello\"}]"
    let name = model.json
    switch preset?.schema {
    case .anthropic:
      return (
        "/anthropic/v1/messages",
        "{\"model\": \(name), \"max_tokens\": 50, \"messages\": \(hello)}"
      )
    case .cohere:
      return (
        "/cohere/v2/rerank",
        "{\"model\": \(name), \"query\": \"Hello\", \"documents\": [\"Hello\", \"Goodbye\"]}"
      )
    case .openAI, .azureOpenAI, .awsBedrock, .awsAnthropic, .gcpVertexAI, .gcpAnthropic, nil:
      return ("/v1/chat/completions", "{\"model\": \(name), \"messages\": \(hello)}")
    }
  }
}
