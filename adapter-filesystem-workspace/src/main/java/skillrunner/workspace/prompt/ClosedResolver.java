package skillrunner.workspace.prompt;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.PyWrapper;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/** Finds values in lists and maps. Methods of other objects, such as {@code String.repeat}, can't be called. */
final class ClosedResolver extends CompositeELResolver {
    ClosedResolver() {
        add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (base instanceof JinjavaInterpreter) {
            context.setPropertyResolved(true);
            return null;
        }
        return super.getValue(context, base, property);
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] types,
            @Nullable Object @Nullable [] arguments) {
        // Filters and tests are called through here as well.
        if (base instanceof PyWrapper || base instanceof Filter || base instanceof ExpTest) {
            return super.invoke(context, base, method, types, arguments);
        }
        context.setPropertyResolved(true);
        return null;
    }
}
