package main

import (
	"encoding/json"
	"net/http"
	"sync"
	"syscall"
	"time"
)

// How long one name's probe really had to wait, in milliseconds.
type waits struct {
	Resolve    float64 `json:"resolve"`
	TLS        float64 `json:"tls"`
	Processing float64 `json:"processing"`
	Transfer   float64 `json:"transfer"`
}

var (
	lock  sync.Mutex
	noted = map[string]*waits{}
)

func since(began time.Time) float64 { return time.Since(began).Seconds() * 1000 }

func note(name string, change func(*waits)) {
	lock.Lock()
	defer lock.Unlock()
	of := noted[name]
	if of == nil {
		of = &waits{}
		noted[name] = of
	}
	change(of)
}

// Records since the last report, and the server's CPU time so far.
func report(writer http.ResponseWriter, _ *http.Request) {
	lock.Lock()
	defer lock.Unlock()
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	cpu := time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	json.NewEncoder(writer).Encode(map[string]any{"cpuMs": cpu.Seconds() * 1000, "waits": noted})
	noted = map[string]*waits{}
}
