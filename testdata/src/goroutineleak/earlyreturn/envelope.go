package earlyreturn

import (
	"encoding/binary"
	"io"
)

// An Envelope is a header and a body that is packed while the header is written.
type Envelope struct {
	head   [4]byte
	packed chan []byte
}

// Send writes the envelope.
func (e *Envelope) Send(w io.Writer, body string, pack func(string) []byte) error {
	e.packed = make(chan []byte)
	go func() { e.packed <- pack(body) }() // want "send on e.packed blocks for ever"
	binary.BigEndian.PutUint32(e.head[:], uint32(len(body)))
	if _, err := w.Write(e.head[:]); err != nil {
		return err
	}
	_, err := w.Write(<-e.packed)
	return err
}

// An EnvelopeFixed is a header and a body that is packed while the header is written.
type EnvelopeFixed struct {
	head   [4]byte
	packed chan []byte
}

// Send writes the envelope.
func (e *EnvelopeFixed) Send(w io.Writer, body string, pack func(string) []byte) error {
	e.packed = make(chan []byte, 1)
	go func() { e.packed <- pack(body) }()
	binary.BigEndian.PutUint32(e.head[:], uint32(len(body)))
	if _, err := w.Write(e.head[:]); err != nil {
		return err
	}
	_, err := w.Write(<-e.packed)
	return err
}
