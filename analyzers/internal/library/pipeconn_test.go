package library_test

import "io"

// duplex is one end of two pipes.
type duplex struct {
	io.Reader
	io.WriteCloser
	r io.Closer
}

func (d duplex) Close() error {
	_ = d.r.Close()
	return d.WriteCloser.Close()
}

// pipeConn connects two ends within the process.
func pipeConn() (a, b io.ReadWriteCloser) {
	r1, w1 := io.Pipe()
	r2, w2 := io.Pipe()
	return duplex{Reader: r1, WriteCloser: w2, r: r1}, duplex{Reader: r2, WriteCloser: w1, r: r2}
}
