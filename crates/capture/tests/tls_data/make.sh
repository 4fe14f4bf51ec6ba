#!/usr/bin/env bash
# Makes an authority and a certificate for localhost and 127.0.0.1, for the tests alone. Run it in this folder.
set -euo pipefail
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout authority.key -outform DER \
  -out authority.der -days 36500 -subj "/CN=An authority for tests" -addext "basicConstraints=critical,CA:TRUE"
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.pem -out server.csr -subj "/CN=localhost"
openssl x509 -inform DER -in authority.der -out authority.pem
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -outform DER -out server.der -days 36500 \
  -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n')
openssl pkcs8 -topk8 -nocrypt -in server.pem -outform DER -out server.key
rm -f authority.key authority.pem authority.srl server.csr server.pem
