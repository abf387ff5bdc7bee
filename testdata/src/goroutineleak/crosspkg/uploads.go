package crosspkg

import (
	"io"

	"example.com/corpus/goroutineleak/crosspkg/upload"
)

// Upload sends what r gives, at most once. That a chunk may stay behind is a mistake of
// the package that makes it, and told there.
func Upload(open func(name string) (upload.Writer, error), r io.Reader, stop <-chan struct{}) error {
	w, err := open("data")
	if err != nil {
		return err
	}
	done := upload.Send(w, r, -1)
	rest, err := open("rest")
	if err != nil {
		return err
	}
	select {
	case <-done:
	case <-stop:
	}
	return rest.WriteChunk(nil)
}
