package workerexit

import "io"

// pump moves messages from one side to the other.
type pump struct {
	in   chan []byte
	quit chan struct{}
	dst  io.Writer
	err  error
}

func (p *pump) write() {
	defer close(p.quit)
	for msg := range p.in {
		if _, err := p.dst.Write(msg); err != nil {
			p.err = err
			return
		}
	}
}

func (p *pump) read(src io.Reader, size int) {
	defer close(p.in)
	for {
		buf := make([]byte, size)
		n, err := src.Read(buf)
		if n > 0 {
			p.in <- buf[:n] // want "send on p.in blocks for ever"
		}
		if err != nil {
			return
		}
	}
}

// Relay copies src to dst. Reading and writing overlap.
func Relay(dst io.Writer, src io.Reader, size int) error {
	p := &pump{in: make(chan []byte), quit: make(chan struct{}), dst: dst}
	go p.read(src, max(1, size))
	go p.write()
	<-p.quit
	return p.err
}

// pumpFixed moves messages from one side to the other.
type pumpFixed struct {
	in   chan []byte
	quit chan struct{}
	dst  io.Writer
	err  error
}

func (p *pumpFixed) write() {
	defer close(p.quit)
	for msg := range p.in {
		if _, err := p.dst.Write(msg); err != nil {
			p.err = err
			return
		}
	}
}

func (p *pumpFixed) read(src io.Reader, size int) {
	defer close(p.in)
	for {
		buf := make([]byte, size)
		n, err := src.Read(buf)
		if n > 0 {
			select {
			case p.in <- buf[:n]:
			case <-p.quit:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// RelayFixed copies src to dst. Reading and writing overlap.
func RelayFixed(dst io.Writer, src io.Reader, size int) error {
	p := &pumpFixed{in: make(chan []byte), quit: make(chan struct{}), dst: dst}
	go p.read(src, max(1, size))
	go p.write()
	<-p.quit
	return p.err
}
