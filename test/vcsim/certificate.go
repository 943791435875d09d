package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"strings"
	"time"
)

// loadCertificate reads the given files. Where they do not exist yet a new self-signed certificate is
// made and kept in them, so that the same server comes back after a restart.
func loadCertificate(certificateFile, keyFile string) (tls.Certificate, error) {
	if certificateFile == "" {
		return selfSignedCertificate()
	}
	if _, err := os.Stat(certificateFile); !errors.Is(err, fs.ErrNotExist) {
		return tls.LoadX509KeyPair(certificateFile, keyFile)
	}
	certificate, err := selfSignedCertificate()
	if err != nil {
		return certificate, err
	}
	return certificate, storeCertificate(certificate, certificateFile, keyFile)
}

func storeCertificate(certificate tls.Certificate, certificateFile, keyFile string) error {
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		return err
	}
	if err := os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}), 0o600); err != nil {
		return err
	}
	chain := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Certificate[0]})
	return os.WriteFile(certificateFile, chain, 0o600)
}

func selfSignedCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: "vcenter.example", Organization: []string{"Simulated vCenter"}},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().AddDate(1, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		DNSNames:              []string{"localhost", "vcenter.example"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// fingerprintSha256 is the form in which people and Node compare certificates: AA:BB:…
func fingerprintSha256(certificate tls.Certificate) string {
	sum := sha256.Sum256(certificate.Certificate[0])
	return colonHex(sum[:])
}

// thumbprintSha1 is the form in which the vSphere API names a certificate.
func thumbprintSha1(certificate tls.Certificate) string {
	sum := sha1.Sum(certificate.Certificate[0])
	return colonHex(sum[:])
}

func colonHex(sum []byte) string {
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(pairs, ":")
}
