// The server that the benchmarks probe. It answers DNS, TLS and HTTP after configured delays, and records for each name
// how long it really made the other side wait.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

var (
	dnsDelay   = flag.Duration("dns", 0, "before a name is answered")
	tlsDelay   = flag.Duration("tls", 0, "between ClientHello and ServerHello")
	firstDelay = flag.Duration("first", 0, "between a request and the first byte of its answer")
	bodyDelay  = flag.Duration("body", 0, "between the first byte of an answer and its last")
	certFile   = flag.String("cert", "", "certificate chain, PEM")
	keyFile    = flag.String("key", "", "key, PEM")
)

var quiet = log.New(io.Discard, "", 0)

func main() {
	flag.Parse()
	certificate, err := tls.LoadX509KeyPair(*certFile, *keyFile)
	if err != nil {
		log.Fatal(err)
	}
	ports := map[string]int{
		"dns":    serveNames(),
		"https":  serve(tls.NewListener(listen(), shakingHands(certificate)), http.HandlerFunc(answer)),
		"http":   serve(listen(), http.HandlerFunc(answer)),
		"report": serve(listen(), http.HandlerFunc(report)),
	}
	if err := json.NewEncoder(os.Stdout).Encode(ports); err != nil {
		log.Fatal(err)
	}
	// Exits with its parent process.
	io.Copy(io.Discard, os.Stdin)
}

func listen() net.Listener {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

func serve(listener net.Listener, handler http.Handler) int {
	server := &http.Server{Handler: handler, ErrorLog: quiet}
	go server.Serve(listener)
	return listener.Addr().(*net.TCPAddr).Port
}

// Every handshake is a full one: TLS 1.3, no tickets.
func shakingHands(certificate tls.Certificate) *tls.Config {
	return &tls.Config{
		Certificates:           []tls.Certificate{certificate},
		MinVersion:             tls.VersionTLS13,
		SessionTicketsDisabled: true,
		NextProtos:             []string{"http/1.1"},
		GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			began := time.Now()
			time.Sleep(*tlsDelay)
			note(hello.ServerName, func(waits *waits) { waits.TLS = since(began) })
			return nil, nil
		},
	}
}

const health = `{"status":"healthy","version":"1.0.0"}`

func answer(writer http.ResponseWriter, request *http.Request) {
	began := time.Now()
	if request.URL.Path == "/large" {
		sendLarge(writer)
		return
	}
	writer.Header().Set("content-type", "application/json")
	writer.Header().Set("content-length", fmt.Sprint(len(health)))
	time.Sleep(*firstDelay)
	io.WriteString(writer, health[:1])
	writer.(http.Flusher).Flush()
	first := time.Now()
	time.Sleep(*bodyDelay)
	io.WriteString(writer, health[1:])
	writer.(http.Flusher).Flush()
	note(strings.Split(request.Host, ":")[0], func(waits *waits) {
		waits.Processing = first.Sub(began).Seconds() * 1000
		waits.Transfer = since(first)
	})
}

const largeBytes = 512 << 20

func sendLarge(writer http.ResponseWriter) {
	block := make([]byte, 1<<20)
	writer.Header().Set("content-type", "application/octet-stream")
	for sent := 0; sent < largeBytes; sent += len(block) {
		if _, err := writer.Write(block); err != nil {
			return
		}
	}
}
