import YAML

extension ResourceKind {
  /// TLS from the gateway to backends (kubernetes-sigs/gateway-api v1.5.1, CRD backendtlspolicies).
  package static let backendTLSPolicy = ResourceKind(
    group: "gateway.networking.k8s.io", kind: "BackendTLSPolicy",
    versions: [Version("v1", isStored: true), Version("v1alpha3", isDeprecated: true)],
    help: "How the gateway checks the certificates of backends.",
    spec: Property(
      "spec", .object(SchemaTable.object(backendTLSPolicyFacts, parts: SchemaTable.common)),
      isRequired: true,
      help: "The backends and what their certificates must be.",
      source: Citation.gatewayAPICRD("backendtlspolicies")),
    status: { SchemaTable.ancestors })

  private static let backendTLSPolicyFacts = """
    targetRefs! list 1..16 ; @targetsNamed ; @targetsDistinct
      - object
        group! group
        kind! kind
        name! name
        sectionName subdomain
    validation! object ; caCertificateRefs+ => !wellKnownCACertificates+ \
        ; caCertificateRefs+ | wellKnownCACertificates+
      hostname! subdomain
      wellKnownCACertificates text 1..253 caBundle ; until 0.6 as choice System
      caCertificateRefs use localRefs
      subjectAltNames list ..5
        - object ; type ? Hostname:hostname URI:uri
          hostname hostname
          type! choice Hostname URI
          uri text 1..253 uri
    options map ..16
      - text ..4096
    targetRef gone Gateway API 1.1: write targetRefs, a list ; item targetRefs
    tls gone Gateway API 1.1: write validation ; to validation
    """
}
