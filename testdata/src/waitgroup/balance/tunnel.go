package balance

import (
	"io"
	"sync"
)

// Tunnel copies between two connections. Input is optional.
func Tunnel(out io.Writer, from io.Reader, in io.Reader, to io.Writer) (int64, int64) {
	var sent, received int64
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		received, _ = io.Copy(out, from)
	}()
	if in != nil {
		go func() {
			defer wg.Done()
			sent, _ = io.Copy(to, in)
		}()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	return sent, received
}

// TunnelFixed copies between two connections. Input is optional.
func TunnelFixed(out io.Writer, from io.Reader, in io.Reader, to io.Writer) (int64, int64) {
	var sent, received int64
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		received, _ = io.Copy(out, from)
	}()
	if in != nil {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sent, _ = io.Copy(to, in)
		}()
	}
	wg.Wait()
	return sent, received
}
