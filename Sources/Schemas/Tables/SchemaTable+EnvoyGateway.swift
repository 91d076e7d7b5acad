extension SchemaTable {
  /// Fields that stand in several kinds of Envoy Gateway; other kinds need not read them.
  static let envoyGateway = parts(
    """
    tlsVersion choice Auto 1.0 1.1 1.2 1.3
    tlsSettings object ; minVersion=1.3 => !ciphers ; @tlsVersions
      ciphers list # The cipher suites for TLS 1.0 to 1.2; Envoy's own choice if left out.
        - text # A cipher suite, such as ECDHE-RSA-AES128-GCM-SHA256.
      ecdhCurves list # The curves for the key exchange; X25519 and P-256 if left out.
        - text # A curve, such as X25519.
      fingerprints list ; since 0.7 \
          # Computes fingerprints of the TLS handshake, which access logs and headers can \
          show; none if left out.
        - choice JA3 JA4 # A kind of fingerprint.
      maxVersion use tlsVersion # The newest version of TLS that is accepted; 1.3 if left out.
      minVersion use tlsVersion # The oldest version of TLS that is accepted; 1.2 if left out.
      signatureAlgorithms list \
          # The signature algorithms that are accepted; Envoy's own choice if left out.
        - text # A signature algorithm.
    backendTLSSettings object with tlsSettings
      alpnProtocols use texts \
          # The protocols that are offered in the TLS handshake; those of the backend if left \
          out.
      clientCertificateRef use secretRef \
          # The Secret with the certificate and private key that backends are shown.
    requestPath object # The path of the request.
      invert bool = false # Whether every other path is meant.
      type choice Exact PathPrefix RegularExpression = PathPrefix # How the path is compared.
      value! text ..1024 = '/' # The path, its beginning or a regular expression.
    customResponseBody object ; type!=ValueRef => inline ; type=ValueRef => valueRef \
        ; valueRef => valueRef.kind=ConfigMap # The body of a response.
      inline text \
          # The body as text; command operators of Envoy's access log (%...%) may stand in it.
      type! choice Inline ValueRef = Inline \
          # Whether the body stands here (Inline) or in a ConfigMap (ValueRef).
      valueRef use localRef \
          # The ConfigMap that holds the body in its key response.body, else in its first key.
    customResponseHeader object ; !remove+ # Headers to set or to add.
      add use headerSet # Headers that are added to those that are there.
      remove use removed # Not allowed here: headers of a response cannot be removed.
      set use headerSet # Headers that are set, in the place of those with the same name.
    stringMatch object # A text to compare with.
      type choice Exact Prefix Suffix RegularExpression = Exact # How the texts are compared.
      value! text 1..1024 \
          # The text, its beginning, its end or a regular expression, as type says.
    stringMatches list
      - use stringMatch
    customTags map # Tags of each span by name.
      - object # Where the value of this tag comes from.
        environment object \
            # Takes the value from an environment variable of the proxy, for type \
            Environment.
          defaultValue text # The value of the tag where the environment variable is not set.
          name! text # The name of the environment variable.
        literal object # Gives the tag a fixed value, for type Literal.
          value! text # The fixed value of the tag.
        requestHeader object \
            # Takes the value from a header of the request, for type RequestHeader.
          defaultValue text # The value of the tag where the request has no such header.
          name! text # The name of the request header.
        type! choice Literal Environment RequestHeader = Literal \
            # Whether the tag has a fixed value or takes it from an environment variable \
            or a header.
    tracingSettings object
      customTags use customTags # Tags of each span by name; deprecated, use tags.
      samplingFraction use fraction \
          # The share of requests that are traced where nothing else has decided.
      spanName object \
          # The names of the spans; command operators of Envoy's access log (%...%) may stand in \
          them.
        client! text # The name of the span for the client's request.
        server! text # The name of the span for the request to the backend.
      tags map \
          # Tags of each span; command operators of Envoy's access log (%...%) may stand in \
          them. They win over customTags.
        - text # The value of this tag.
    http2 object # HTTP/2 windows, limits and keep-alive.
      connectionKeepalive object ; since 0.7 ; timeout<interval \
          # Sends PING frames that keep a connection open and find a dead one.
        idleInterval duration # How long a connection is idle before a PING is sent.
        interval duration # The time between two PING frames.
        intervalJitter int 0..100 \
            # A random addition to each interval, in percent of it; 15 if left out.
        timeout duration \
            # How long the answer to a PING may take before the connection counts as dead; \
            shorter than interval.
      initialConnectionWindowSize size \
          # The flow-control window of an HTTP/2 connection in bytes; 1Mi if left out.
      initialStreamWindowSize size \
          # The flow-control window of an HTTP/2 stream in bytes; 64Ki if left out.
      maxConcurrentStreams int 1..2147483647 \
          # The largest number of streams at the same time in one connection; 100 if left out.
      onInvalidMessage text \
          # What an invalid message ends: the connection (TerminateConnection), the default, \
          or only its stream (TerminateStream).
    tcpKeepalive object # TCP keep-alive probes on idle connections; none are sent if left out.
      idleTime duration # How long a connection is idle before the first probe; 7200s if left out.
      interval duration # The time between two keep-alive probes; 75s if left out.
      probes int # Unanswered probes after which a connection counts as dead; 9 if left out.
    """, and: common)
}
