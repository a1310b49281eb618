package main

import (
	"encoding/binary"
	"log"
	"net"
	"strings"
	"time"
)

const typeA = 1

// Answers every IPv4 address query with loopback, and every other query with no records.
func serveNames() int {
	socket, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		log.Fatal(err)
	}
	// 500 probes send two queries each at once.
	socket.SetReadBuffer(4 << 20)
	go func() {
		buffer := make([]byte, 1500)
		for {
			size, from, err := socket.ReadFromUDP(buffer)
			if err != nil {
				return
			}
			began := time.Now()
			query := append([]byte(nil), buffer[:size]...)
			go answerName(socket, from, query, began)
		}
	}()
	return socket.LocalAddr().(*net.UDPAddr).Port
}

func answerName(socket *net.UDPConn, from *net.UDPAddr, query []byte, began time.Time) {
	name, end := questionOf(query)
	if end == 0 {
		return
	}
	kind := binary.BigEndian.Uint16(query[end-4:])
	reply := append([]byte(nil), query[:end]...)
	// A response, authoritative, recursion available; one question, no additional records.
	binary.BigEndian.PutUint16(reply[2:], 0x8480)
	binary.BigEndian.PutUint16(reply[6:], 0)
	binary.BigEndian.PutUint16(reply[8:], 0)
	binary.BigEndian.PutUint16(reply[10:], 0)
	if kind == typeA {
		binary.BigEndian.PutUint16(reply[6:], 1)
		reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1)
	}
	time.Sleep(*dnsDelay)
	socket.WriteToUDP(reply, from)
	if kind == typeA {
		note(name, func(waits *waits) { waits.Resolve = since(began) })
	}
}

// The name in a query's only question, and the offset where the question ends; 0 if malformed.
func questionOf(query []byte) (string, int) {
	labels := []string{}
	for at := 12; at < len(query); {
		length := int(query[at])
		if length == 0 {
			if at+5 > len(query) {
				return "", 0
			}
			return strings.ToLower(strings.Join(labels, ".")), at + 5
		}
		if at+1+length > len(query) {
			return "", 0
		}
		labels = append(labels, string(query[at+1:at+1+length]))
		at += 1 + length
	}
	return "", 0
}
