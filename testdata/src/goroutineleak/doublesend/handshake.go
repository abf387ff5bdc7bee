package doublesend

import "fmt"

// Hello opens a session.
type Hello struct {
	Version int
	Token   string
}

// Wire reads and writes messages.
type Wire interface {
	ReadHello() (Hello, error)
	WriteAck(version int) error
}

// Handshake answers the hello of a peer. It fails if the peer is too
// old.
func Handshake(w Wire, oldest int) error {
	result := make(chan error)
	go func() {
		hello, err := w.ReadHello()
		switch {
		case err != nil:
			result <- err
		case hello.Version < oldest:
			result <- fmt.Errorf("version %d is too old", hello.Version)
			return
		}
		result <- w.WriteAck(hello.Version) // want "send on result blocks for ever"
	}()
	if err := <-result; err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	return nil
}

// HandshakeFixed answers the hello of a peer. It fails if the peer is too
// old.
func HandshakeFixed(w Wire, oldest int) error {
	result := make(chan error)
	go func() {
		hello, err := w.ReadHello()
		switch {
		case err != nil:
			result <- err
			return
		case hello.Version < oldest:
			result <- fmt.Errorf("version %d is too old", hello.Version)
			return
		}
		result <- w.WriteAck(hello.Version)
	}()
	if err := <-result; err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	return nil
}
