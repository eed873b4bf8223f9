package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stops reading a body of the management API after 1 MiB, a file of prices after 8 MiB, announced or not. */
@Component
class BodyLimitFilter extends OncePerRequestFilter {

    private static final long MOST_BYTES = 1 << 20;
    private static final long MOST_OF_A_FILE = 8 << 20;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Bounded(request, isFile(request) ? MOST_OF_A_FILE : MOST_BYTES), response);
    }

    private static boolean isFile(HttpServletRequest request) {
        return request.getRequestURI().endsWith("/prices/imports");
    }

    private static final class Bounded extends HttpServletRequestWrapper {

        private final long mostBytes;

        Bounded(HttpServletRequest request, long mostBytes) {
            super(request);
            this.mostBytes = mostBytes;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > mostBytes) {
                throw Problem.tooLarge(mostBytes);
            }
            return new BoundedStream(super.getInputStream(), mostBytes);
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long mostBytes;
        private long readBytes;

        BoundedStream(ServletInputStream body, long mostBytes) {
            this.body = body;
            this.mostBytes = mostBytes;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = body.read(target, offset, length);
            count(count);
            return count;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        private void count(int bytes) {
            readBytes += Math.max(bytes, 0);
            if (readBytes > mostBytes) {
                throw Problem.tooLarge(mostBytes);
            }
        }
    }
}
