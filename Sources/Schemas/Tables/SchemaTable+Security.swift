extension SchemaTable {
  /// How clients and the gateway itself prove who they are, also where AI Gateway embeds that.
  static let security = parts(
    """
    errorStatus code 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 \
        421 422 423 424 426 428 429 431 500 501 502 503 504 505 506 507 508 510 511
    fallbackRefs list ..16 # The servers that are called.
      - object ; @servicePort # A server that is called.
        fallback bool # Whether it is called only while the others are unhealthy.
        group group = '' # The API group of the server; empty for Service.
        kind kind = Service # The kind of the server, such as Service or Backend.
        name! name # The name of the server.
        namespace namespace \
            # The namespace of the server; left out, the same one. Another one needs a \
            ReferenceGrant there.
        port port # The port of the server; a Service needs one.
        weight int 0..1000000 = 1 \
            # The share of calls relative to the weights of the others; 0 is none.
    servers object
      backendRef use serviceRef # The server that is called; deprecated, use backendRefs.
      backendRefs use fallbackRefs
      backendSettings use clusterSettings \
          # How the servers are called: retries, timeouts, health checks.
    provider object with servers ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes # The OIDC provider.
      authorizationEndpoint text # Where users log in; found out from issuer if left out.
      endSessionEndpoint text # Where users log out; found out from issuer if left out.
      issuer! text 1.. # The https address that names the provider.
      tokenEndpoint text # Where tokens are obtained; found out from issuer if left out.
    oidc object ; clientID | clientIDRef ; clientID => !clientIDRef ; since 0.7 @tokensApart \
        # The OIDC provider and client that users log in with.
      clientID text 1.. # The client id at the provider.
      clientIDRef use secretRef # The Secret that holds the client id, in its key client-id.
      clientSecret! use secretRef \
          # The Secret that holds the client secret, in its key client-secret.
      cookieConfig object # Attributes of the cookies that hold tokens.
        sameSite choice Lax Strict None \
            # Whether other sites' requests carry the cookies (SameSite); not set if left out.
      cookieDomain text cookieDomain ; since next as text subdomain \
          # The domain whose hosts share the cookies; only the host of the request if left \
          out.
      cookieNames object \
          # Names of the cookies that hold tokens; they end in a random part if left out.
        accessToken text # The name of the cookie with the access token.
        idToken text # The name of the cookie with the ID token.
      csrfTokenTTL duration \
          # How long a login may take: the token against forged requests is valid for so long.
      defaultRefreshTokenTTL duration \
          # How long a refresh token is valid that does not say so itself; 604800s if left \
          out.
      defaultTokenTTL duration # How long a token is valid where the provider does not say.
      denyRedirect object # Requests that are not sent to the login, such as those of scripts.
        headers! list 1..16 # Headers of such requests.
          - object with stringMatch # A header of such requests.
            name! text 1.. # The name of the header.
      disableTokenEncryption bool \
          # Whether tokens stand in the cookies as they are; false if left out: they are \
          encrypted.
      forwardAccessToken bool \
          # Whether backends get the access token in the header Authorization; false if left \
          out.
      forwardIDToken object ; since 0.7 # Sends backends the ID token; not done if left out.
        header! text 1.. ; since next as header ; since next @notHost \
            # The header that backends get the ID token in.
      logoutPath text # The path that logs a user out; /logout if left out.
      passThroughAuthHeader bool # Whether requests that carry a token of their own need no login.
      provider! use provider # The OIDC provider.
      redirectURL text \
          # Where the provider sends users back to; /oauth2/callback of the request's host if \
          left out.
      refreshToken bool = true # Whether expired tokens are renewed without a new login.
      resources use texts # The resources that are asked for at the login.
      scopes use texts # The scopes that are asked for at the login, besides openid.
    authBackend object with servers ; backendRef | backendRefs+ \
        ; backendRefs[].kind=Service,ServiceImport,Backend ; @authGroups
    apiKeyAuth object # Lets only those clients in that bring a known API key.
      credentialRefs! list # The Secrets that hold the API keys, each under the id of its client.
        - use secretRef # A Secret that holds API keys.
      extractFrom! list ; since next as 1.. \
          # Where the API key is looked for; the first place with a key counts.
        - object ; since next headers | params | cookies ; since next headers => !params \
            ; since next headers => !cookies ; since next params => !cookies \
            # A place where the API key is looked for.
          cookies list ; since next as 1.. \
              # The cookies that may hold the API key, in the order in which they are looked at.
            - text ; since next as 1.. # The name of a cookie that may hold the API key.
          headers list ; since next as 1.. \
              # The headers that may hold the API key, in the order in which they are looked at.
            - text ; since next as 1.. # The name of a header that may hold the API key.
          params list ; since next as 1.. \
              # The query parameters that may hold the API key, in the order in which they are \
              looked at.
            - text ; since next as 1.. # The name of a query parameter that may hold the API key.
      forwardClientIDHeader text \
          # The header that backends get the id of the client in; not sent if left out.
      sanitize bool \
          # Whether the API key is removed before backends get the request; false if left out.
    extAuth object ; grpc | http ; grpc => !http \
        # Asks a service for each request whether it is allowed.
      bodyToExtAuth object # Sends the service the body of the request, too; not done if left out.
        maxRequestBytes! int 1.. # The largest body in bytes; requests with a larger one get 413.
      contextExtensions list by name \
          # The values that the service gets besides the request; backends never see them.
        - object ; type ? Value:value ValueRef:valueRef \
            # A value that the service gets besides the request.
          name! text # The name under which the service gets the value.
          type! choice Value ValueRef = Value \
              # Whether the value stands here (Value) or in another object (ValueRef).
          value text # The value itself, for type Value.
          valueRef object ; kind=ConfigMap,Secret ; @coreGroup \
              # The Secret or ConfigMap that holds the value, for type ValueRef.
            group! group # The API group of the object; empty for Secret and ConfigMap.
            key! text # The key of the object that holds the value.
            kind! kind # The kind of the object, Secret or ConfigMap.
            name! name # The name of the object.
      failOpen bool = false \
          # Whether requests pass where the service gives no answer; otherwise they are refused.
      grpc use authBackend # The service, asked over gRPC (ext_authz of Envoy).
      headersToExtAuth use texts \
          # The request headers that the service gets; left out, all over gRPC, only a few over \
          HTTP.
      http object with authBackend ; since 0.7 path => !pathOverride # The service, asked over HTTP.
        headersToBackend use texts \
            # The headers of the service's answer that backends get; none if left out.
        path text \
            # What comes before the path of the request where the service is asked; nothing if \
            left out.
        pathOverride text ; since 0.7 \
            # The path at which the service is asked; that of the request if left out.
      includeRouteMetadata bool ; since 0.7 \
          # Whether the service is told which route was chosen; false if left out.
      recomputeRoute bool \
          # Whether the route is chosen anew with the headers of the service's answer; false if \
          left out.
      statusOnError use errorStatus ; since 0.7 \
          # The status of the response where the service fails or is not reached; 403 if left out.
      timeout duration # How long the service may take; 10s if left out.
    claim object # A claim and the values that it may have.
      name! name # The name of the claim; a dot leads to a nested one.
      valueType choice String StringArray = String \
          # Whether the claim is a text (String) or a list of texts (StringArray).
      values! list 1..128 # The values of the claim, any of which fits.
        - text # A value that the claim may have.
    localJWKS object ; type ? Inline:inline ValueRef:valueRef \
        # The keys that tokens are verified with (JWKS), here or in a ConfigMap.
      inline text # The keys as JSON in a text, for type Inline.
      type! choice Inline ValueRef = Inline \
          # Whether the keys stand here (Inline) or in a ConfigMap (ValueRef).
      valueRef use localRef \
          # The ConfigMap that holds the keys in its key jwks, else in its first key.
    remoteJWKS object with servers ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes \
        # Where the keys that tokens are verified with (JWKS) are fetched.
      cacheDuration duration = 300s # How long fetched keys are kept before they are fetched again.
      failedRefetchDuration duration ; since next \
          # How long to wait after a failed fetch before the next one; 1s if left out.
      uri! name # The https address of the keys; its host is called where backendRefs is left out.
    """, and: clusterSettings)
}
