package owner

import "fmt"

// Produce sends the valid items. It ends with the first that is not, for which
// there is an error.
func Produce(items []string, validate func(string) error) (<-chan string, <-chan error) {
	out := make(chan string)
	errs := make(chan error, 1)
	go func() {
		defer func() {
			close(out) // want "close of closed channel out"
		}()
		for i, it := range items {
			if err := validate(it); err != nil {
				errs <- fmt.Errorf("item %d: %w", i, err)
				close(out)
				return
			}
			out <- it
		}
	}()
	return out, errs
}

// Valid returns the items that come before the first invalid one.
func Valid(items []string, validate func(string) error) ([]string, error) {
	out, errs := Produce(items, validate)
	var all []string
	for it := range out {
		all = append(all, it)
	}
	select {
	case err := <-errs:
		return all, err
	default:
		return all, nil
	}
}

// ProduceFixed sends the valid items. It ends with the first that is not, for which
// there is an error.
func ProduceFixed(items []string, validate func(string) error) (<-chan string, <-chan error) {
	out := make(chan string)
	errs := make(chan error, 1)
	go func() {
		defer func() {
			close(out)
		}()
		for i, it := range items {
			if err := validate(it); err != nil {
				errs <- fmt.Errorf("item %d: %w", i, err)
				return
			}
			out <- it
		}
	}()
	return out, errs
}

// ValidFixed returns the items that come before the first invalid one.
func ValidFixed(items []string, validate func(string) error) ([]string, error) {
	out, errs := ProduceFixed(items, validate)
	var all []string
	for it := range out {
		all = append(all, it)
	}
	select {
	case err := <-errs:
		return all, err
	default:
		return all, nil
	}
}
