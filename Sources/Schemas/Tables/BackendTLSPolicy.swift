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
    targetRefs! list 1..16 ; @targetsNamed ; @targetsDistinct \
        # The Services or Backends that are called with TLS.
      - object # A Service or Backend that is called with TLS.
        group! group # The API group of the target; empty for Service.
        kind! kind # The kind of the target.
        name! name # The name of the target.
        sectionName subdomain \
            # The one port of a Service that is meant, by its name; all if left out.
    validation! object ; caCertificateRefs+ => !wellKnownCACertificates+ \
        ; caCertificateRefs+ | wellKnownCACertificates+ \
        # How the certificate of the backend is verified.
      hostname! subdomain \
          # The host name that is asked for in the TLS handshake (SNI) and that the \
          certificate must have.
      wellKnownCACertificates text 1..253 caBundle ; until 0.6 as choice System \
          # Trusts the certificate authorities of the system, for System.
      caCertificateRefs use localRefs \
          # The objects that hold the trusted certificate authorities in their key ca.crt.
      subjectAltNames list ..5 \
          # Names of which the certificate must have one, instead of hostname.
        - object ; type ? Hostname:hostname URI:uri # A name that the certificate may have.
          hostname hostname # The host name, for type Hostname.
          type! choice Hostname URI # Whether a host name or a URI is meant.
          uri text 1..253 uri # The URI, for type URI.
    options map ..16 # Settings of the controller for TLS.
      - text ..4096 # The value of this setting.
    targetRef gone Gateway API 1.1: write targetRefs, a list ; item targetRefs
    tls gone Gateway API 1.1: write validation ; to validation
    """
}
