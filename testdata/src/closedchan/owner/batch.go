package owner

import "fmt"

// Batch is what is uploaded at once. Who watches it learns when it is over.
type Batch struct {
	Parts []string
	over  chan struct{}
	open  bool // others may still upload it
}

func newBatch(parts []string) *Batch {
	return &Batch{Parts: parts, over: make(chan struct{})}
}

// Over is closed when nobody uploads the batch any more.
func (b *Batch) Over() <-chan struct{} { return b.over }

func (b *Batch) end() {
	if b.open {
		return
	}
	close(b.over) // want "close of closed channel b.over"
}

// Upload sends parts with a function of the user.
func Upload(parts []string, send func(*Batch) error) error {
	b := newBatch(parts)
	defer b.end()
	if err := send(b); err != nil {
		b.end()
		return fmt.Errorf("upload: %w", err)
	}
	return nil
}

// BatchFixed is what is uploaded at once. Who watches it learns when it is over.
type BatchFixed struct {
	Parts []string
	over  chan struct{}
	open  bool // others may still upload it
}

func newBatchFixed(parts []string) *BatchFixed {
	return &BatchFixed{Parts: parts, over: make(chan struct{})}
}

// Over is closed when nobody uploads the batch any more.
func (b *BatchFixed) Over() <-chan struct{} { return b.over }

func (b *BatchFixed) end() {
	if b.open {
		return
	}
	close(b.over)
}

// UploadFixed sends parts with a function of the user.
func UploadFixed(parts []string, send func(*BatchFixed) error) error {
	b := newBatchFixed(parts)
	defer b.end()
	if err := send(b); err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	return nil
}
