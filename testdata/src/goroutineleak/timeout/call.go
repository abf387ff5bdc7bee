package timeout

import "context"

// Call runs f and returns its result, or the error of the context if that
// ends first.
func Call[T any](ctx context.Context, f func() (T, error)) (T, error) {
	var zero T
	values := make(chan T)
	errs := make(chan error, 1)
	go func() {
		v, err := f()
		if err != nil {
			errs <- err
			return
		}
		values <- v // want "send on values blocks for ever"
	}()

	select {
	case v := <-values:
		return v, nil
	case err := <-errs:
		return zero, err
	case <-ctx.Done():
		// An answer that is there by now is as good as any.
		select {
		case v := <-values:
			return v, nil
		default:
			return zero, ctx.Err()
		}
	}
}

// CallFixed runs f and returns its result, or the error of the context if that
// ends first.
func CallFixed[T any](ctx context.Context, f func() (T, error)) (T, error) {
	var zero T
	values := make(chan T, 1)
	errs := make(chan error, 1)
	go func() {
		v, err := f()
		if err != nil {
			errs <- err
			return
		}
		values <- v
	}()

	select {
	case v := <-values:
		return v, nil
	case err := <-errs:
		return zero, err
	case <-ctx.Done():
		// An answer that is there by now is as good as any.
		select {
		case v := <-values:
			return v, nil
		default:
			return zero, ctx.Err()
		}
	}
}
