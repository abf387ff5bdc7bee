package collect

import "fmt"

// Scaler makes a small picture out of a large one.
type Scaler interface {
	Scale(name string, width int) ([]byte, error)
}

// Thumbnails scales the pictures, all at the same time.
func Thumbnails(s Scaler, names []string, width int) (map[string][]byte, error) {
	type thumb struct {
		name string
		data []byte
		err  error
	}
	thumbs := make(chan thumb)
	for _, name := range names {
		go func() {
			data, err := s.Scale(name, width)
			thumbs <- thumb{name, data, err} // want "send on thumbs blocks for ever"
		}()
	}
	out := make(map[string][]byte, len(names))
	for range names {
		t := <-thumbs
		if t.err != nil {
			return nil, fmt.Errorf("scale %s: %w", t.name, t.err)
		}
		out[t.name] = t.data
	}
	return out, nil
}

// ThumbnailsFixed scales the pictures, all at the same time.
func ThumbnailsFixed(s Scaler, names []string, width int) (map[string][]byte, error) {
	type thumb struct {
		name string
		data []byte
		err  error
	}
	thumbs := make(chan thumb, len(names))
	for _, name := range names {
		go func() {
			data, err := s.Scale(name, width)
			thumbs <- thumb{name, data, err}
		}()
	}
	out := make(map[string][]byte, len(names))
	for range names {
		t := <-thumbs
		if t.err != nil {
			return nil, fmt.Errorf("scale %s: %w", t.name, t.err)
		}
		out[t.name] = t.data
	}
	return out, nil
}
